//! What goes between the program and its workers: frames, each a length and so many bytes.

use std::io::{self, Read, Write};

/// No frame is longer, in bytes; a longer one is a stream that is out of step.
const LONGEST: u32 = 1 << 30;

/// Writes `parts` as one frame.
pub(super) fn write(to: &mut impl Write, parts: &[&[u8]]) -> io::Result<()> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let length = u32::try_from(length).ok().filter(|length| *length <= LONGEST);
    let length = length.ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
    to.write_all(&length.to_le_bytes())?;
    parts.iter().try_for_each(|part| to.write_all(part))
}

/// Reads a frame; `None` at the end of the stream.
pub(super) fn read(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    if from.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut length[1..])?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    // memory is taken as bytes arrive, whatever the length says
    if from.take(u64::from(length)).read_to_end(&mut bytes)? < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_and_half_a_frame_is_an_error() {
        let mut stream = Vec::new();
        write(&mut stream, &[b"T", b"{}"]).unwrap();
        write(&mut stream, &[]).unwrap();
        let mut rest = &stream[..];
        assert_eq!(read(&mut rest).unwrap().as_deref(), Some(&b"T{}"[..]));
        assert_eq!(read(&mut rest).unwrap().as_deref(), Some(&b""[..]));
        assert_eq!(read(&mut rest).unwrap(), None);
        for end in [1, 3, 5] {
            assert!(read(&mut &stream[..end]).is_err());
        }
        assert!(read(&mut &b"\xff\xff\xff\xffx"[..]).is_err());
    }
}
