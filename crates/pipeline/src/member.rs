//! The documents that a file holds: itself, or those of an archive or a saved e-mail.

use std::borrow::Cow;

use nhiemvu_ingest::{IngestError, Limits};

/// A document of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its path in the container; `None` where the file is the document.
    pub member: Option<String>,
    /// Its bytes, or why there are none.
    pub content: Result<Cow<'a, [u8]>, IngestError>,
}

/// The documents in `bytes`: each member of a container (ZIP, saved e-mail), else the file itself.
///
/// # Errors
/// [`IngestError`]: a container that cannot be opened, or with no document in it.
///
/// ```
/// use nhiemvu_pipeline::{Limits, parts};
/// let found = parts("Kế hoạch".as_bytes(), &Limits::default())?;
/// assert_eq!((found.len(), found[0].member.as_deref()), (1, None));
/// # Ok::<(), nhiemvu_ingest::IngestError>(())
/// ```
pub fn parts<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Vec<Part<'a>>, IngestError> {
    let Some(members) = nhiemvu_ingest::members(bytes, limits)? else {
        return Ok(vec![Part { member: None, content: Ok(Cow::Borrowed(bytes)) }]);
    };
    if members.is_empty() {
        return Err(IngestError::Empty);
    }
    let part =
        |member: nhiemvu_ingest::Member| Part { member: Some(member.path), content: member.content.map(Cow::Owned) };
    Ok(members.into_iter().map(part).collect())
}
