//! What stands in a container: an archive, a saved e-mail.

mod archive;
pub(crate) mod mail;

use std::collections::BTreeMap;

use crate::{IngestError, Limits, detect};

/// A document inside a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its path in the container, with `/` between its parts; in a container inside the container, behind that one's path.
    pub path: String,
    /// Its bytes, for [`read`](crate::read()), or why there are none.
    pub content: Result<Vec<u8>, IngestError>,
}

/// The documents in a container, in its own order; `None` where the bytes are no container but a document.
///
/// Containers are ZIP archives (those that are documents themselves, such as DOCX, are none) and saved e-mails (`.eml`,
/// RFC 5322), whose text is the member `message.html` or `message.txt`. Of members of one path the second is called
/// `name (2).ext`, and so on. Containers in containers are opened as well. Files
/// that systems leave behind (`Thumbs.db`, `__MACOSX/`) and the pictures that an e-mail's text shows are left out. A page
/// saved with its pictures (MHTML, RFC 2557) is one document, which [`read`](crate::read()) reads.
///
/// # Errors
/// [`IngestError`]: the container is damaged as a whole, or larger than `limits.max_bytes`. What is wrong with one member
/// is said in its place; where there are more than `limits.max_members` or where they unpack to more than
/// `limits.max_expanded`, the last member says so and the rest is left out.
///
/// ```
/// use nhiemvu_ingest::{Limits, members};
/// let mail = b"From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nNoi dung\r\n";
/// let found = members(mail, &Limits::default())?.unwrap_or_default();
/// assert_eq!(found[0].path, "message.txt");
/// assert_eq!(found[0].content.as_deref(), Ok(&b"Noi dung\r\n"[..]));
/// assert_eq!(members("Kế hoạch".as_bytes(), &Limits::default())?, None);
/// # Ok::<(), nhiemvu_ingest::IngestError>(())
/// ```
pub fn members(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<Member>>, IngestError> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(IngestError::SizeLimit { what: "kích thước tệp (byte)", limit: limits.max_bytes });
    }
    let Some(kind) = Kind::of(bytes) else { return Ok(None) };
    let mut taken = Taken { limits, room: limits.max_expanded, members: Vec::new(), full: false };
    taken.open(kind, bytes, "", 0)?;
    tell_apart(&mut taken.members);
    Ok(Some(taken.members))
}

/// Whether the bytes are a container of documents, as [`members`] opens them, and no document themselves.
///
/// ```
/// assert!(nhiemvu_ingest::is_container(b"PK\x05\x06"));
/// assert!(!nhiemvu_ingest::is_container(b"%PDF-1.7"));
/// ```
pub fn is_container(bytes: &[u8]) -> bool {
    Kind::of(bytes).is_some()
}

/// The kinds of containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Archive,
    Mail,
}

impl Kind {
    fn of(bytes: &[u8]) -> Option<Self> {
        if archive::is_archive(bytes) {
            return Some(Self::Archive);
        }
        (detect::by_signature(bytes).is_none() && mail::is_mail(bytes) && !mail::is_page(bytes)).then_some(Self::Mail)
    }
}

/// What was taken out so far.
#[derive(Debug)]
struct Taken<'l> {
    limits: &'l Limits,
    /// How many bytes may still be unpacked.
    room: u64,
    members: Vec<Member>,
    /// Whether a limit was reached, after which nothing more is taken.
    full: bool,
}

impl Taken<'_> {
    fn open(&mut self, kind: Kind, bytes: &[u8], path: &str, depth: u32) -> Result<(), IngestError> {
        match kind {
            Kind::Archive => archive::open(self, bytes, path, depth),
            Kind::Mail => {
                mail::open(self, bytes, path, depth);
                Ok(())
            }
        }
    }

    /// Takes a member, or what is in it.
    fn take(&mut self, path: String, content: Result<Vec<u8>, IngestError>, depth: u32) {
        if self.full {
            return;
        }
        if self.members.len() as u64 >= u64::from(self.limits.max_members) {
            let limit = u64::from(self.limits.max_members);
            return self.stop(path, IngestError::SizeLimit { what: "số tệp trong gói", limit });
        }
        let content = match content {
            Ok(bytes) => match Kind::of(&bytes) {
                Some(_) if depth >= self.limits.max_depth => {
                    let limit = u64::from(self.limits.max_depth);
                    Err(IngestError::SizeLimit { what: "số lớp gói lồng nhau", limit })
                }
                Some(kind) => match self.open(kind, &bytes, &path, depth + 1) {
                    Ok(()) => return,
                    Err(error) => Err(error),
                },
                None => Ok(bytes),
            },
            error => error,
        };
        self.members.push(Member { path, content });
    }

    /// Notes that a limit was reached at the member.
    fn stop(&mut self, path: String, error: IngestError) {
        if !self.full {
            self.full = true;
            self.members.push(Member { path, content: Err(error) });
        }
    }

    /// Accounts for unpacked bytes; `false` where there is no more room for them.
    fn pay(&mut self, path: &str, bytes: u64) -> bool {
        if bytes > self.room {
            let limit = self.limits.max_expanded;
            self.stop(path.to_owned(), IngestError::SizeLimit { what: "dung lượng sau giải nén (byte)", limit });
            return false;
        }
        self.room -= bytes;
        true
    }
}

/// Gives members of one path paths of their own: `a.txt`, `a (2).txt`. Archives may hold two files of one name, and
/// e-mails often do.
fn tell_apart(members: &mut [Member]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for member in members {
        let mut path = member.path.clone();
        while seen.contains_key(&path) {
            let count = seen.entry(member.path.clone()).or_insert(1);
            *count += 1;
            path = numbered(&member.path, *count);
        }
        seen.insert(path.clone(), 1);
        member.path = path;
    }
}

/// `a.txt` as `a (2).txt`.
fn numbered(path: &str, number: u32) -> String {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let dot = path.get(name..).and_then(|name| name.rfind('.')).map(|at| name + at);
    let (stem, extension) = path.split_at(dot.unwrap_or(path.len()));
    format!("{stem} ({number}){extension}")
}

/// The path of `name` behind `parent`, without what would lead out of it; `_` where nothing is left of a name.
fn joined(parent: &str, name: &str) -> String {
    let name = nhiemvu_text::clean(name).replace('\\', "/").replace(char::is_control, " ");
    let parts = name.split('/').map(str::trim).filter(|part| !matches!(*part, "" | "." | ".."));
    let mut parts: Vec<&str> = parts.collect();
    if parts.is_empty() {
        parts.push("_");
    }
    parts.splice(0..0, Some(parent).filter(|parent| !parent.is_empty()));
    parts.join("/")
}

#[cfg(test)]
mod tests;
