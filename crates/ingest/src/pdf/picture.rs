//! Decodes the pictures of a page to grey.

use hayro_font::kurbo::Affine;
use hayro_syntax::object::stream::{ImageColorSpace, ImageData, ImageDecodeParams};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};

use super::guard;
use crate::ocr::Gray;

/// Pixels that one picture may have: A3 at 600 dpi.
pub(super) const MAX_PIXELS: u64 = 80_000_000;
/// Bytes that a picture without a codec of its own may decode to.
const MAX_BYTES: usize = 256 << 20;

/// A picture with the transform from the unit square to the page.
#[derive(Clone)]
pub(super) struct Placed<'a> {
    /// Unit square to displayed points.
    pub ctm: Affine,
    /// Its stream.
    pub stream: Stream<'a>,
}

impl Placed<'_> {
    /// Its width in pixels.
    pub fn width(&self) -> u32 {
        figure(self.stream.dict(), "Width", "W").unwrap_or(0)
    }

    /// Whether it is a stencil that ink is put on the page through.
    pub fn is_mask(&self) -> bool {
        self.stream.dict().get::<bool>("ImageMask").or_else(|| self.stream.dict().get::<bool>("IM")).unwrap_or(false)
    }

    /// Its pixels; `None` where it is too large or cannot be decoded.
    pub fn decode(&self) -> Option<Gray> {
        let dict = self.stream.dict();
        let (width, height) = (self.width(), figure(dict, "Height", "H")?);
        if u64::from(width) * u64::from(height) > MAX_PIXELS || !guard::decodes_within(&self.stream, MAX_BYTES) {
            return None;
        }
        let space = Space::of(dict);
        let bits = if self.is_mask() { 1 } else { figure(dict, "BitsPerComponent", "BPC").unwrap_or(8) };
        let params = ImageDecodeParams {
            is_indexed: matches!(space, Space::Indexed(_)),
            bpc: u8::try_from(bits).ok(),
            num_components: Some(space.components()),
            target_dimension: None,
            width,
            height,
        };
        let decoded = self.stream.decoded_image(&params).ok()?;
        let gray = match &decoded.image_data {
            Some(data) => from_codec(&decoded.data, data, &space),
            None => from_samples(&decoded.data, width as usize, height as usize, bits, &space),
        }?;
        Some(if self.is_inverted() { inverted(gray) } else { gray })
    }

    /// Whether `Decode` exchanges black and white. A stencil's paint goes where its samples are 0, which is as dark as 0
    /// is elsewhere.
    fn is_inverted(&self) -> bool {
        let decode = self.stream.dict().get::<Array<'_>>("Decode").or_else(|| self.stream.dict().get::<Array<'_>>("D"));
        let mut ends = decode.into_iter().flat_map(|all| all.iter::<f32>().collect::<Vec<_>>());
        matches!((ends.next(), ends.next()), (Some(first), Some(second)) if first > second)
    }
}

fn figure(dict: &Dict<'_>, key: &str, short: &str) -> Option<u32> {
    dict.get::<u32>(key).or_else(|| dict.get::<u32>(short))
}

fn inverted(mut gray: Gray) -> Gray {
    for pixel in &mut gray.pixels {
        *pixel = 255 - *pixel;
    }
    gray
}

/// A colour space, as far as its grey matters.
enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// Grey values of a palette.
    Indexed(Vec<u8>),
}

impl Space {
    fn of(dict: &Dict<'_>) -> Self {
        let object = dict.get::<Object<'_>>("ColorSpace").or_else(|| dict.get::<Object<'_>>("CS"));
        object.map_or(Self::Gray, |object| Self::read(&object))
    }

    fn read(object: &Object<'_>) -> Self {
        match object {
            Object::Name(name) => Self::named(name),
            Object::Array(parts) => Self::family(parts).unwrap_or(Self::Gray),
            _ => Self::Gray,
        }
    }

    fn named(name: &Name<'_>) -> Self {
        match name.as_ref() {
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            _ => Self::Gray,
        }
    }

    fn family(parts: &Array<'_>) -> Option<Self> {
        let mut parts = parts.iter::<Object<'_>>();
        let family = parts.next()?.into_name()?;
        Some(match family.as_ref() {
            b"ICCBased" => match parts.next()?.into_stream()?.dict().get::<u32>("N") {
                Some(3) => Self::Rgb,
                Some(4) => Self::Cmyk,
                _ => Self::Gray,
            },
            b"Indexed" | b"I" => {
                let base = Self::read(&parts.next()?);
                let _ = parts.next()?;
                let table = match parts.next()? {
                    Object::String(table) => PdfString::as_bytes(&table).to_vec(),
                    Object::Stream(table) => table.decoded_data().ok()?.into_owned(),
                    _ => return None,
                };
                Self::Indexed(
                    table.chunks_exact(usize::from(base.components())).map(|parts| base.gray(parts)).collect(),
                )
            }
            b"CalRGB" | b"Lab" => Self::Rgb,
            _ => Self::named(&family),
        })
    }

    fn components(&self) -> u8 {
        match self {
            Self::Gray | Self::Indexed(_) => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }

    /// The grey of one pixel's components, 8 bits each.
    fn gray(&self, parts: &[u8]) -> u8 {
        let part = |at: usize| u32::from(parts.get(at).copied().unwrap_or(0));
        let luma = |r: u32, g: u32, b: u32| ((299 * r + 587 * g + 114 * b) / 1000) as u8;
        match self {
            Self::Gray => part(0) as u8,
            Self::Indexed(table) => table.get(part(0) as usize).copied().unwrap_or(0),
            Self::Rgb => luma(part(0), part(1), part(2)),
            Self::Cmyk => {
                let ink = |at: usize| (255 - part(at)) * (255 - part(3)) / 255;
                luma(ink(0), ink(1), ink(2))
            }
        }
    }
}

/// Pixels of a codec that says itself what it gives (JPEG, JPEG 2000, JBIG2, fax).
fn from_codec(data: &[u8], about: &ImageData, space: &Space) -> Option<Gray> {
    let (width, height) = (about.width as usize, about.height as usize);
    if about.bits_per_component != 8 {
        return from_samples(data, width, height, u32::from(about.bits_per_component), space);
    }
    let own = match (space, about.color_space) {
        (Space::Indexed(_), _) | (_, None | Some(ImageColorSpace::Unknown(_))) => None,
        (_, Some(ImageColorSpace::Gray)) => Some(Space::Gray),
        (_, Some(ImageColorSpace::Rgb)) => Some(Space::Rgb),
        (_, Some(ImageColorSpace::Cmyk)) => Some(Space::Cmyk),
    };
    from_samples(data, width, height, 8, own.as_ref().unwrap_or(space))
}

/// Pixels of plain samples; each row begins with a byte of its own.
fn from_samples(data: &[u8], width: usize, height: usize, bits: u32, space: &Space) -> Option<Gray> {
    let count = usize::from(space.components());
    let bits = bits as usize;
    let stride = (width * count * bits).div_ceil(8);
    if width == 0 || stride == 0 {
        return None;
    }
    // indices are no shades: only shades are stretched to 8 bits
    let most = if matches!(space, Space::Indexed(_)) { 1 } else { 255 / ((1usize << bits.min(8)) - 1).max(1) };
    let mut pixels = Vec::with_capacity(width * height);
    let mut parts = [0u8; 4];
    for row in data.chunks(stride).take(height) {
        for x in 0..width {
            for (at, part) in parts.iter_mut().enumerate().take(count) {
                *part = (usize::from(sample(row, x * count + at, bits)) * most) as u8;
            }
            pixels.push(space.gray(&parts));
        }
    }
    pixels.resize(width * height, 255);
    Some(Gray { width, height, pixels })
}

fn sample(row: &[u8], at: usize, bits: usize) -> u8 {
    let byte = |at: usize| row.get(at).copied().unwrap_or(255);
    match bits {
        8 => byte(at),
        16 => byte(at * 2),
        1 | 2 | 4 => {
            let first = at * bits;
            (byte(first / 8) >> (8 - bits - first % 8)) & ((1 << bits) - 1)
        }
        _ => 255,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_all_depths_become_grey() {
        let one = from_samples(&[0b1010_0000], 3, 1, 1, &Space::Gray).unwrap();
        assert_eq!(one.pixels, [255, 0, 255]);
        let four = from_samples(&[0xF0], 2, 1, 4, &Space::Gray).unwrap();
        assert_eq!(four.pixels, [255, 0]);
        let rgb = from_samples(&[255, 255, 255, 0, 0, 0], 2, 1, 8, &Space::Rgb).unwrap();
        assert_eq!(rgb.pixels, [255, 0]);
        let palette = from_samples(&[0b0100_0000], 2, 1, 1, &Space::Indexed(vec![9, 200])).unwrap();
        assert_eq!(palette.pixels, [9, 200]);
        let cmyk = from_samples(&[0, 0, 0, 255], 1, 1, 8, &Space::Cmyk).unwrap();
        assert_eq!(cmyk.pixels, [0]);
    }
}
