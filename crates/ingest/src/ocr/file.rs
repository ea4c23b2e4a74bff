//! Picture files: their pages, decoded to grey.

use std::borrow::Cow;
use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

use super::{Gray, fax, tags};

/// Memory that decoding one page may take.
const MAX_MEMORY: u64 = 512 << 20;

/// A picture file with the pages that it has: one, or those of a TIFF.
#[derive(Debug, Clone)]
pub(crate) struct PictureFile<'a> {
    bytes: &'a [u8],
    directories: Vec<u32>,
}

impl<'a> PictureFile<'a> {
    /// Looks at the head of a file; no more than `most` pages are looked for.
    pub(crate) fn new(bytes: &'a [u8], most: usize) -> Self {
        Self { bytes, directories: tags::pages(bytes, most) }
    }

    /// How many pages it has.
    pub(crate) fn pages(&self) -> usize {
        self.directories.len().max(1)
    }

    /// The file as if the page `at` were its first.
    pub(crate) fn page(&self, at: usize) -> Cow<'a, [u8]> {
        let first = self.directories.first();
        match self.directories.get(at).filter(|start| Some(*start) != first) {
            Some(start) => {
                let little = self.bytes.starts_with(b"II");
                let start = if little { start.to_le_bytes() } else { start.to_be_bytes() };
                let mut bytes = self.bytes.to_vec();
                if let Some(slot) = bytes.get_mut(4..8) {
                    slot.copy_from_slice(&start);
                }
                Cow::Owned(bytes)
            }
            None => Cow::Borrowed(self.bytes),
        }
    }
}

/// The first page of a picture file, the way up that the file says; `None` for what is damaged or of a kind that is not
/// decoded here (GIF, WebP, TIFF with a palette).
pub(crate) fn decode(bytes: &[u8]) -> Option<Gray> {
    if let Some(picture) = fax::decode(bytes) {
        return Some(picture);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = if picture.color().has_alpha() { on_white(&picture) } else { picture.into_luma8().into_raw() };
    Some(Gray { width, height, pixels })
}

/// What shines through is paper.
fn on_white(picture: &DynamicImage) -> Vec<u8> {
    let shade = |[shade, alpha]: [u8; 2]| {
        let (shade, alpha) = (u32::from(shade), u32::from(alpha));
        ((shade * alpha + 255 * (255 - alpha)) / 255) as u8
    };
    picture.to_luma_alpha8().pixels().map(|pixel| shade(pixel.0)).collect()
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, LumaA};

    use super::*;

    /// A TIFF of grey pages, one pixel each.
    fn tiff(shades: &[u8]) -> Vec<u8> {
        let mut file = b"II*\0".to_vec();
        file.extend(8u32.to_le_bytes());
        for (at, shade) in shades.iter().enumerate() {
            let start = file.len() as u32;
            let entries: [(u16, u32); 8] =
                [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, start + 2 + 8 * 12 + 4), (278, 1), (279, 1)];
            file.extend(8u16.to_le_bytes());
            for (tag, value) in entries {
                file.extend(tag.to_le_bytes());
                file.extend(4u16.to_le_bytes());
                file.extend(1u32.to_le_bytes());
                file.extend(value.to_le_bytes());
            }
            let next = if at + 1 < shades.len() { start + 2 + 8 * 12 + 4 + 2 } else { 0 };
            file.extend(next.to_le_bytes());
            file.extend([*shade, 0]);
        }
        file
    }

    #[test]
    fn each_directory_of_a_tiff_is_a_page() {
        let bytes = tiff(&[10, 20, 30]);
        let file = PictureFile::new(&bytes, 100);
        assert_eq!(file.pages(), 3);
        let shades: Vec<u8> = (0..3).map(|at| decode(&file.page(at)).unwrap().pixels[0]).collect();
        assert_eq!(shades, [10, 20, 30]);
        assert_eq!(PictureFile::new(&bytes, 2).pages(), 2);
        // a directory that names itself as the next
        let mut round = bytes.clone();
        let next = 8 + 2 + 8 * 12;
        round[next..next + 4].copy_from_slice(&8u32.to_le_bytes());
        assert_eq!(PictureFile::new(&round, 100).pages(), 1);
        assert_eq!(PictureFile::new(b"\x89PNG", 100).pages(), 1);
    }

    #[test]
    fn what_shines_through_is_paper() {
        let mut png = Vec::new();
        let picture = image::ImageBuffer::from_fn(2, 1, |x, _| LumaA([0u8, if x == 0 { 0 } else { 255 }]));
        DynamicImage::ImageLumaA8(picture).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        assert_eq!(decode(&png).unwrap().pixels, [255, 0]);
        assert!(decode(&png[..20]).is_none());
        assert!(decode(b"GIF89a").is_none());
    }
}
