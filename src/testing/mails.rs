//! Mails that a site sent in a test: read from its folder, or taken by a mail server that misbehaves on wish.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentMail {
    /// Names in lower case, values as they are.
    pub headers: Vec<(String, String)>,
    /// The part in plain text.
    pub text: String,
    /// The part in HTML.
    pub html: String,
}

impl SentMail {
    /// Takes a mail apart.
    pub fn parse(raw: &str) -> Self {
        let (head, body) = raw.split_once("\r\n\r\n").unwrap_or((raw, ""));
        let headers = headers(head);
        let mut mail = Self { headers, ..Self::default() };
        let kind = mail.header("content-type").to_owned();
        let boundary = kind.split_once("boundary=\"").and_then(|(_, rest)| rest.split('"').next());
        let Some(boundary) = boundary else { return mail };
        for part in body.split(&format!("--{boundary}")) {
            let Some((head, body)) = part.trim_start_matches("\r\n").split_once("\r\n\r\n") else { continue };
            let part = Self { headers: self::headers(head), ..Self::default() };
            let text = decoded(body, part.header("content-transfer-encoding"));
            if part.header("content-type").starts_with("text/html") {
                mail.html = text;
            } else {
                mail.text = text;
            }
        }
        mail
    }

    /// A header; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// The first address of the site in the text that begins with this path.
    ///
    /// # Panics
    /// If there is none.
    #[track_caller]
    pub fn path(&self, beginning: &str) -> String {
        let found = self.text.split_whitespace().find_map(|word| {
            let url = url::Url::parse(word).ok()?;
            url.path().starts_with(beginning).then(|| url.path().to_owned())
        });
        found.unwrap_or_else(|| panic!("no {beginning} in {}", self.text))
    }
}

fn headers(head: &str) -> Vec<(String, String)> {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    unfolded
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned()))
        .collect()
}

fn decoded(body: &str, encoding: &str) -> String {
    let bytes = match encoding {
        "base64" => STANDARD.decode(body.split_whitespace().collect::<String>()).unwrap_or_default(),
        "quoted-printable" => quoted_printable(body),
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim_end().to_owned()
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let joined = body.replace("=\r\n", "");
    let (mut bytes, mut rest) = (Vec::new(), joined.as_bytes());
    while let Some((first, more)) = rest.split_first() {
        let coded = (*first == b'=' && more.len() >= 2)
            .then(|| std::str::from_utf8(&more[..2]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        bytes.push(coded.unwrap_or(*first));
        rest = if coded.is_some() { &more[2..] } else { more };
    }
    bytes
}

/// The mails of a folder, the oldest first.
pub fn in_folder(folder: &Path) -> Vec<SentMail> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "eml")).collect();
    files.sort();
    files
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .map(|raw| SentMail::parse(&raw))
        .collect()
}

/// What a mail server does with the next mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Takes it.
    Takes,
    /// Takes it and breaks off before it says so.
    DiesAfterData,
    /// Says that there is no such mailbox.
    Refuses,
    /// Says to come again later.
    PutsOff,
}

/// A mail server on loopback.
#[derive(Debug)]
pub struct MailServer {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    mails: Vec<SentMail>,
    manners: Vec<Manner>,
}

impl MailServer {
    /// A server that takes everything, after it treated the first mails so.
    pub async fn start(first: &[Manner]) -> Self {
        Self::start_at(0, first).await
    }

    /// As [`MailServer::start`], at a port that somebody knows already.
    pub async fn start_at(port: u16, first: &[Manner]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
        let port = listener.local_addr().expect("it listens").port();
        let mut manners = first.to_vec();
        manners.reverse();
        let state = Arc::new(Mutex::new(State { manners, ..State::default() }));
        let server = Self { port, state: Arc::clone(&state) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&state)));
            }
        });
        server
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it has got, also what it did not say it had.
    pub fn mails(&self) -> Vec<SentMail> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).mails.clone()
    }
}

/// One connection (RFC 5321), as far as our side speaks it.
async fn talk(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.example.org\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-mail.example.org\r\n250 8BITMIME\r\n",
            "RCPT" => match next_manner(&state, false) {
                Manner::Refuses => b"550 5.1.1 no such mailbox\r\n",
                Manner::PutsOff => b"450 4.2.0 later\r\n",
                Manner::Takes | Manner::DiesAfterData => b"250 ok\r\n",
            },
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut raw = String::new();
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                state.lock().unwrap_or_else(PoisonError::into_inner).mails.push(SentMail::parse(&raw));
                if next_manner(&state, true) == Manner::DiesAfterData {
                    return Ok(());
                }
                b"250 taken\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}

/// How the mail is treated that comes now; at its end (or refusal) the next one's turn comes.
fn next_manner(state: &Mutex<State>, at_the_end: bool) -> Manner {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    let manner = state.manners.last().copied().unwrap_or(Manner::Takes);
    if at_the_end || matches!(manner, Manner::Refuses | Manner::PutsOff) {
        state.manners.pop();
    }
    manner
}
