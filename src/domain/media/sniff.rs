//! What sort of file somebody sent: the bytes tell. What it is called only chooses between what they allow.

use crate::base::{Error, Result};
use crate::platform::ffmpeg::Container;
use crate::platform::images;

/// How long the name of a file may be, in characters.
const NAME: usize = 100;

/// What is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// To be written anew by ourselves.
    Picture,
    /// To be written anew by ffmpeg.
    Playable(Container),
    /// To be kept as it is, and never opened here.
    File {
        /// As in `application/pdf`.
        mime: &'static str,
        /// What to call it.
        name: String,
    },
}

/// Files that are kept as they are: extension and type.
const PDF: (&str, &str) = ("pdf", "application/pdf");
const ZIP: (&str, &str) = ("zip", "application/zip");

/// What is a ZIP archive inside.
const ZIPPED: [(&str, &str); 8] = [
    ZIP,
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("epub", "application/epub+zip"),
];

/// Office documents of before 2007.
const OLD_OFFICE: [(&str, &str); 3] = [
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
];

/// Plain text, which only its name tells from other bytes.
const TEXTS: [(&str, &str); 7] = [
    ("txt", "text/plain"),
    ("md", "text/markdown"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("log", "text/plain"),
    ("ics", "text/calendar"),
    ("vcf", "text/vcard"),
];

/// Media types of files that are kept as they are, for the API.
pub fn file_mimes() -> impl Iterator<Item = &'static str> {
    [&[PDF][..], &ZIPPED, &OLD_OFFICE, &TEXTS[..4]].into_iter().flatten().map(|(_, mime)| *mime)
}

/// The type to send a file with. One that is none of ours is bytes.
pub fn file_mime(mime: &str) -> &'static str {
    let all = [&[PDF][..], &ZIPPED, &OLD_OFFICE, &TEXTS].into_iter().flatten();
    all.map(|(_, known)| *known).find(|known| *known == mime).unwrap_or("application/octet-stream")
}

/// What to call a file that is kept by a reader: a safe name with the end of its type.
pub fn file_name(name: &str, mime: &str) -> String {
    let all = || {
        [&[PDF][..], &ZIPPED, &OLD_OFFICE, &TEXTS].into_iter().flatten().filter(|(_, known)| *known == mime)
    };
    let own = name.rsplit_once('.').map(|(_, end)| end).unwrap_or_default();
    let same = all().find(|(end, _)| end.eq_ignore_ascii_case(own));
    safe_name(name, same.or_else(|| all().next()).map_or("bin", |(end, _)| end))
}

/// Looks at the bytes.
///
/// # Errors
/// [`Error::Invalid`] with what is taken instead.
pub(super) fn sniff(bytes: &[u8], name: &str) -> Result<Sort> {
    if images::Kind::sniff(bytes).is_some() {
        return Ok(Sort::Picture);
    }
    if let Some(kind) = modern_picture(bytes) {
        return Err(refused(format!("is a picture in the format {kind}; save it as JPEG and send that")));
    }
    if let Some(container) = Container::sniff(bytes) {
        return Ok(Sort::Playable(container));
    }
    let extension = name.rsplit_once('.').map(|(_, end)| end.trim().to_ascii_lowercase()).unwrap_or_default();
    let named =
        |kinds: &[(&'static str, &'static str)]| kinds.iter().copied().find(|(known, _)| *known == extension);
    let found = match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(PDF),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(named(&ZIPPED).unwrap_or(ZIP)),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => named(&OLD_OFFICE),
        _ if is_text(bytes) => named(&TEXTS),
        _ => None,
    };
    let (extension, mime) = found.ok_or_else(|| {
        refused(
            "must be a JPEG, PNG, GIF or WebP picture, a video, a sound, a PDF, an office document, \
             a ZIP archive or plain text (.txt, .md, .csv)"
                .to_owned(),
        )
    })?;
    Ok(Sort::File { mime, name: safe_name(name, extension) })
}

fn refused(problem: String) -> Error {
    Error::invalid("file", problem)
}

/// Formats of telephones that few programs read.
fn modern_picture(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) != Some(b"ftyp") {
        return None;
    }
    match bytes.get(8..12)? {
        b"avif" | b"avis" => Some("AVIF"),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Some("HEIC"),
        _ => None,
    }
}

/// Letters, and nothing that a browser might take for a page.
fn is_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    !text.is_empty()
        && !text.starts_with('<')
        && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

/// A name without folders, tricks of direction and hidden signs, which ends as the file is.
///
/// A name that ends in something else keeps that and gets ours behind it.
pub(super) fn safe_name(name: &str, extension: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| is_plain(*c)).collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = kept.trim_matches(['.', ' ']);
    let stem = match kept.rsplit_once('.') {
        Some((stem, end)) if end.eq_ignore_ascii_case(extension) => stem,
        _ => kept,
    };
    let stem: String = stem.chars().take(NAME).collect();
    let stem = stem.trim_matches(['.', ' ']);
    format!("{}.{extension}", if stem.is_empty() { "file" } else { stem })
}

fn is_plain(c: char) -> bool {
    let hidden = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    !c.is_control() && !hidden && !matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?')
}

#[cfg(test)]
#[path = "sniff_tests.rs"]
mod tests;
