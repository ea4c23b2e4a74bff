//! Rich Text Format.

use nhiemvu_model::{Format, Source};

use crate::{IngestError, Limits, convert};

/// Reads a file by way of `LibreOffice`.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    match convert::read(bytes, Format::Rtf, limits) {
        Some(read) => read,
        None if convert::find().is_some() => {
            Err(IngestError::Damaged("LibreOffice không chuyển đổi được tệp".to_owned()))
        }
        None => {
            Err(IngestError::NeedsProgram { program: convert::NAME.to_owned(), package: convert::PACKAGE.to_owned() })
        }
    }
}
