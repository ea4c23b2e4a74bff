//! TIFF in the codes of fax machines (ITU-T T.4 and T.6): compressions 2, 3 and 4.

use std::borrow::Cow;

use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};
use image::{DynamicImage, GrayImage, metadata::Orientation};

use super::Gray;
use super::tags::{Directory, tag};

/// From how many dots across for one down the rows are repeated: those of a fax in low resolution are half as dense.
const OBLONG: f32 = 1.2;
/// How often a row is repeated at most.
const MOST_REPEATS: f32 = 4.0;

/// The first page of a TIFF, the way up that the file says; `None` for other compressions, and where less than half of it
/// can be decoded.
pub(super) fn decode(bytes: &[u8]) -> Option<Gray> {
    let page = Directory::first(bytes)?;
    let settings = settings(page)?;
    let (width, height) = (settings.columns as usize, settings.rows as usize);
    let mut rows = Rows { width, pixels: Vec::with_capacity(width.checked_mul(height)?) };
    for (strip, at) in strips(page, bytes, settings.rows).into_iter().zip(0..) {
        let begun = strip_rows(page, settings.rows).checked_mul(at)?;
        let left = settings.rows.checked_sub(begun)?;
        rows.pixels.resize(width * begun as usize, 255);
        let settings = DecodeSettings { rows: left.min(strip_rows(page, settings.rows)), ..settings };
        // what was decoded before a fault is kept
        let _ = hayro_ccitt::decode(&strip, &mut rows, &mut DecoderContext::new(settings));
    }
    (rows.pixels.len() * 2 >= width * height).then_some(())?;
    rows.pixels.resize(width * height, 255);
    if page.value(tag::PHOTOMETRIC) == Some(1) {
        rows.pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
    }
    upright(page, square(page, Gray { width, height, pixels: rows.pixels }))
}

/// Rows as they are decoded.
struct Rows {
    width: usize,
    pixels: Vec<u8>,
}

impl Decoder for Rows {
    fn push_row(&mut self, changes: &[u32]) {
        let start = self.pixels.len();
        self.pixels.resize(start + self.width, 255);
        let Some(row) = self.pixels.get_mut(start..) else { return };
        for run in changes.chunks(2) {
            let end = run.get(1).map_or(row.len(), |end| *end as usize);
            let black = run.first().and_then(|from| row.get_mut(*from as usize..end));
            black.unwrap_or_default().fill(0);
        }
    }
}

fn settings(page: Directory<'_>) -> Option<DecodeSettings> {
    let compression = page.value(tag::COMPRESSION)?;
    let encoding = match compression {
        3 if page.value(tag::FAX_OPTIONS).unwrap_or(0) & 1 == 1 => EncodingMode::Group3_2D,
        2 | 3 => EncodingMode::Group3_1D,
        4 => EncodingMode::Group4,
        _ => return None,
    };
    Some(DecodeSettings {
        columns: page.value(tag::WIDTH)?,
        rows: page.value(tag::HEIGHT)?,
        end_of_block: compression != 2,
        end_of_line: false,
        rows_are_byte_aligned: compression == 2,
        encoding,
        strict: false,
    })
}

/// Rows that a strip has, of a page of `height`.
fn strip_rows(page: Directory<'_>, height: u32) -> u32 {
    page.value(tag::ROWS_PER_STRIP).filter(|rows| *rows > 0).unwrap_or(height).min(height)
}

/// The strips of a page, the highest bit of each byte first.
fn strips<'a>(page: Directory<'_>, bytes: &'a [u8], height: u32) -> Vec<Cow<'a, [u8]>> {
    let (starts, lengths) = (page.values(tag::STRIP_OFFSETS), page.values(tag::STRIP_LENGTHS));
    let count = height.div_ceil(strip_rows(page, height).max(1)) as usize;
    let is_turned = page.value(tag::FILL_ORDER) == Some(2);
    let strip = |(at, start): (usize, &u32)| {
        let rest = bytes.get(*start as usize..).unwrap_or_default();
        // some old programs leave the length out
        let strip = lengths.get(at).and_then(|length| rest.get(..*length as usize)).unwrap_or(rest);
        if is_turned {
            Cow::Owned(strip.iter().map(|byte| byte.reverse_bits()).collect())
        } else {
            Cow::Borrowed(strip)
        }
    };
    starts.iter().take(count).enumerate().map(strip).collect()
}

/// The picture with dots as high as they are wide.
fn square(page: Directory<'_>, picture: Gray) -> Gray {
    let fraction = |tag| match *page.values(tag) {
        [above, below] if above > 0 && below > 0 => Some(above as f32 / below as f32),
        _ => None,
    };
    let (Some(across), Some(down)) = (fraction(tag::X_RESOLUTION), fraction(tag::Y_RESOLUTION)) else { return picture };
    let times = across / down;
    if !(OBLONG..=MOST_REPEATS).contains(&times) || picture.width == 0 {
        return picture;
    }
    let height = (picture.height as f32 * times) as usize;
    let row = |y: usize| {
        let start = ((y as f32 / times) as usize).min(picture.height.saturating_sub(1)) * picture.width;
        picture.pixels.get(start..start + picture.width).unwrap_or_default()
    };
    let pixels = (0..height).flat_map(row).copied().collect();
    Gray { width: picture.width, height, pixels }
}

/// The picture the way up that its file says.
fn upright(page: Directory<'_>, picture: Gray) -> Option<Gray> {
    let code = page.value(tag::ORIENTATION).and_then(|code| u8::try_from(code).ok());
    let Some(orientation) = code.and_then(Orientation::from_exif).filter(|one| *one != Orientation::NoTransforms)
    else {
        return Some(picture);
    };
    let image = GrayImage::from_raw(picture.width as u32, picture.height as u32, picture.pixels)?;
    let mut image = DynamicImage::ImageLuma8(image);
    image.apply_orientation(orientation);
    let (width, height) = (image.width() as usize, image.height() as usize);
    Some(Gray { width, height, pixels: image.into_luma8().into_raw() })
}
