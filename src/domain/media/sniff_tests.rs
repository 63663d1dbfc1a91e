//! What is taken for what, and under which name it is kept.

use super::*;

fn file(bytes: &[u8], name: &str) -> (String, &'static str) {
    match sniff(bytes, name) {
        Ok(Sort::File { mime, name }) => (name, mime),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn the_bytes_tell_and_the_name_only_chooses() {
    assert_eq!(file(b"%PDF-1.7\n...", "Minutes.PDF"), ("Minutes.pdf".to_owned(), "application/pdf"));
    assert_eq!(file(b"%PDF-1.7\n...", "x.html").0, "x.html.pdf");
    assert_eq!(file(b"PK\x03\x04....", "Plan.docx").0, "Plan.docx");
    assert_eq!(file(b"PK\x03\x04....", "setup.exe"), ("setup.exe.zip".to_owned(), "application/zip"));
    assert_eq!(file(b"a;b\n1;2\n", "Figures.csv"), ("Figures.csv".to_owned(), "text/csv"));
    assert_eq!(sniff(b"\xff\xd8\xff\xe0", "x.html").unwrap(), Sort::Picture);
    assert_eq!(sniff(b"\0\0\0\x20ftypisom", "x.txt").unwrap(), Sort::Playable(Container::Mp4));
}

#[test]
fn what_could_run_is_refused_whatever_it_is_called() {
    for (bytes, name) in [
        (&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], "x.txt"),
        (b"\xef\xbb\xbf  <html><script>", "x.txt"),
        (b"<?xml version='1.0'?>", "x.csv"),
        (b"alert(1)", "x.js"),
        (b"alert(1)", "x.html"),
        (b"hello", ""),
        (b"MZ\x90\0", "x.txt"),
        (b"\x7fELF", "x.txt"),
        (b"\0\0\0", "x.txt"),
        (b"caf\xe9", "x.txt"),
        (b"", "x.txt"),
        (b"#EXTM3U\nfile:///etc/passwd", "x.mp4"),
    ] {
        let problem = sniff(bytes, name).unwrap_err().to_string();
        assert!(problem.starts_with("file must be a JPEG, PNG, GIF or WebP picture, a video"), "{problem}");
    }
}

#[test]
fn new_formats_of_telephones_are_refused_with_what_to_do() {
    for brand in ["heic", "mif1", "avif"] {
        let bytes = format!("\0\0\0\x20ftyp{brand}....");
        let problem = sniff(bytes.as_bytes(), "IMG_1.HEIC").unwrap_err().to_string();
        assert!(problem.ends_with("save it as JPEG and send that"), "{problem}");
    }
}

#[test]
fn a_name_is_kept_without_its_tricks() {
    for (name, safe) in [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ann\\Plan.pdf", "Plan.pdf"),
        ("invoice\u{202e}fdp.exe", "invoicefdp.exe.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("a\r\nSet-Cookie: x=1", "aSet-Cookie x=1.pdf"),
        ("\"; filename=\"x.html", "; filename=x.html.pdf"),
        ("", "file.pdf"),
        ("…", "….pdf"),
        (".pdf", "pdf.pdf"),
        ("  Übersicht   2026 .pdf ", "Übersicht 2026.pdf"),
    ] {
        assert_eq!(safe_name(name, "pdf"), safe, "{name}");
    }
    assert!(safe_name(&"x".repeat(5000), "pdf").len() <= 104);
}
