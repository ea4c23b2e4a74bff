//! What a worker does: reads documents, answers with records.

use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use nhiemvu_exporter::record::SourceInfo;
use nhiemvu_exporter::{Layout, Record, to_json};
use serde::{Deserialize, Serialize};

use super::settings::Settings;
use super::{frame, scratch, system};
use crate::run::{convert_part, open};
use crate::{Options, Part};

/// A document's name, and what to do with it; its bytes follow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) source: SourceInfo,
}

/// A member of a container that waits in a file to be asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Unpacked {
    pub(super) source: SourceInfo,
    /// The file's name in the worker's folder.
    pub(super) file: String,
}

/// What a frame of an answer holds, as its first byte says.
pub(super) const TASKS: u8 = b'T';
pub(super) const ERROR: u8 = b'E';
pub(super) const MEMBER: u8 = b'M';
pub(super) const END: u8 = b'.';

/// Of the stack of a thread that reads pages: as much as the main thread usually has.
const STACK: usize = 8 << 20;

/// A request with the bytes of its document.
type Asked = (Request, Vec<u8>);

/// Where the work of a worker stands, for the thread that listens.
type Busy = Arc<Mutex<bool>>;

/// Does a worker's work: takes documents from `input` and answers each on `output`, until `input` ends.
///
/// This is what the program does that [`Isolation`](crate::Isolation) names. The first thing that arrives are the settings,
/// among them the limit on memory, which holds from then on. Where `input` ends in the middle of a document, whoever asked
/// has ended, and so does this process with all that it started.
///
/// # Errors
/// Those of the two streams, and `InvalidData` where what arrives is not of this program's version.
pub fn serve(input: impl Read + Send + 'static, output: &mut dyn Write) -> io::Result<()> {
    let mut input = input;
    let first = frame::read(&mut input)?.unwrap_or_default();
    let settings: Settings = serde_json::from_slice(&first)?;
    let options = settings.options().ok_or(io::ErrorKind::InvalidData)?;
    // the threads are made before the limit holds, so that it is for the documents
    let _ = rayon::ThreadPoolBuilder::new().num_threads(settings.threads).stack_size(STACK).build_global();
    nhiemvu_ingest::keep_programs();
    let busy = Busy::default();
    let asked = listen(input, Arc::clone(&busy));
    if settings.max_memory > 0 {
        system::limit_memory(settings.max_memory);
    }
    for (request, bytes) in asked {
        answer(&request, &bytes, &options, output)?;
        output.flush()?;
        *busy.lock().unwrap_or_else(PoisonError::into_inner) = false;
        if nhiemvu_ingest::programs_left() {
            // the group is ended behind this process, and the next document asks for a new one
            break;
        }
    }
    Ok(())
}

/// Reads requests in a thread of its own, which learns that the asker has ended while a document is being worked on.
fn listen(mut input: impl Read + Send + 'static, busy: Busy) -> mpsc::Receiver<Asked> {
    let (send, asked) = mpsc::sync_channel(1);
    thread::spawn(move || {
        while let Ok(Some(request)) = request(&mut input) {
            *busy.lock().unwrap_or_else(PoisonError::into_inner) = true;
            if send.send(request).is_err() {
                break;
            }
        }
        scratch::leave();
        // held on to, so that an answer just finished is not cut off
        if *busy.lock().unwrap_or_else(PoisonError::into_inner) {
            system::end_self();
            std::process::exit(1);
        }
    });
    asked
}

fn request(input: &mut impl Read) -> io::Result<Option<Asked>> {
    let Some(header) = frame::read(input)? else { return Ok(None) };
    let request: Request = serde_json::from_slice(&header)?;
    let mut bytes = Vec::new();
    loop {
        let chunk = frame::read(input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        if chunk.is_empty() {
            return Ok(Some((request, bytes)));
        }
        bytes.extend_from_slice(&chunk);
    }
}

fn answer(request: &Request, bytes: &[u8], options: &Options, output: &mut dyn Write) -> io::Result<()> {
    let whole = &request.source;
    // a member has been opened already
    let parts = match whole.member {
        Some(_) => Ok(vec![Part { member: None, content: Ok(bytes.into()) }]),
        None => open(bytes, whole, options),
    };
    match parts {
        Err(record) => tell(&record, output)?,
        Ok(parts) => {
            for (number, part) in parts.iter().enumerate() {
                match (&part.member, &part.content) {
                    (Some(member), Ok(content)) => keep(number, member, content, whole, output)?,
                    _ => tell(&convert_part(part, whole, options), output)?,
                }
            }
        }
    }
    say(END, b"", output)
}

/// Puts a member into a file, and says so.
fn keep(number: usize, member: &str, content: &[u8], whole: &SourceInfo, output: &mut dyn Write) -> io::Result<()> {
    let file = format!("member-{number}");
    write_private(&std::env::temp_dir().join(&file), content)?;
    let source = SourceInfo { member: Some(member.to_owned()), ..whole.clone() };
    say(MEMBER, &to_json(&Unpacked { source, file }, Layout::Compact), output)
}

fn tell(record: &Record, output: &mut dyn Write) -> io::Result<()> {
    let kind = if matches!(record, Record::Tasks(_)) { TASKS } else { ERROR };
    say(kind, &to_json(record, Layout::Compact), output)
}

fn say(kind: u8, content: &[u8], mut output: &mut dyn Write) -> io::Result<()> {
    frame::write(&mut output, &[&[kind], content])
}

/// Writes a file that only this user may read.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}
