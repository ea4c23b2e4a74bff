//! Saved e-mail (RFC 5322) and pages saved with their pictures (MHTML, RFC 2557).

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Taken, joined};

/// How far into the file its header lines are looked for.
const HEAD: usize = 16 << 10;

/// Whether the bytes are an e-mail or a page saved as one: they begin with header lines, of which some say so.
pub(crate) fn is_mail(bytes: &[u8]) -> bool {
    let headers = headers(bytes);
    let has = |name: &str| headers.iter().any(|header| header == name);
    has("mime-version") || (has("from") && (has("date") || has("received")) && (has("subject") || has("to")))
}

/// Whether what [`is_mail`] finds is a page saved with its pictures: nobody sent it, or a browser or Word made it.
pub(crate) fn is_page(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    let names = headers(bytes);
    let has = |name: &str| names.iter().any(|header| header == name);
    let is_related = crate::detect::contains(&head, b"multipart/related");
    let saved = crate::detect::contains(&head, b"<saved by") || has("snapshot-content-location");
    is_related && (saved || !(has("to") || has("received")))
}

/// The names of the header lines, in small letters; none where the first line is no header line.
fn headers(bytes: &[u8]) -> Vec<String> {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head = head.get(..HEAD).unwrap_or(head);
    let mut names = Vec::new();
    for line in head.split(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() {
            break;
        }
        // a line that is indented goes on with the one before
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { break };
        let name = line.get(..colon).unwrap_or_default();
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            break;
        }
        names.push(String::from_utf8_lossy(name).to_ascii_lowercase());
    }
    names
}

/// The words of a page saved with its pictures, as HTML.
pub(crate) fn page(bytes: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse(bytes)?;
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.to_string()),
        _ => None,
    })
}

/// Takes an e-mail's text and its attachments.
pub(super) fn open(taken: &mut Taken<'_>, bytes: &[u8], parent: &str, depth: u32) {
    let Some(message) = MessageParser::default().parse(bytes) else {
        let error = crate::IngestError::Damaged("thư điện tử không đọc được".to_owned());
        return taken.take(parent.to_owned(), Err(error), depth);
    };
    if let Some((name, text)) = text(&message) {
        let path = joined(parent, name);
        if !taken.pay(&path, text.len() as u64) {
            return;
        }
        taken.members.push(super::Member { path, content: Ok(text.into_bytes()) });
    }
    let files = message.attachments().filter(|part| !is_shown(part));
    for (i, part) in files.enumerate() {
        let (name, content) = match &part.body {
            PartType::Message(inner) if !inner.parts.is_empty() => ("thu.eml", inner.raw_message()),
            PartType::Message(_) | PartType::Multipart(_) => continue,
            _ => ("dinh-kem", part.contents()),
        };
        let name = part.attachment_name().map_or_else(|| format!("{}-{name}", i + 1), str::to_owned);
        let path = joined(parent, &name);
        if !taken.pay(&path, content.len() as u64) {
            return;
        }
        taken.take(path, Ok(content.to_vec()), depth);
    }
}

/// The e-mail's text, in its richest form.
fn text(message: &Message<'_>) -> Option<(&'static str, String)> {
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.to_string()),
        _ => None,
    });
    if let Some(html) = html.filter(|html| !html.trim().is_empty()) {
        return Some(("message.html", html));
    }
    let text = message.body_text(0).filter(|text| !text.trim().is_empty())?;
    Some(("message.txt", text.into_owned()))
}

/// Whether the part is a picture that the text shows: a logo under the sender's name.
fn is_shown(part: &MessagePart<'_>) -> bool {
    let is_picture = part.content_type().is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("image"));
    let is_file = part.content_disposition().is_some_and(|how| how.ctype().eq_ignore_ascii_case("attachment"));
    is_picture && !is_file && part.content_id().is_some()
}
