//! A mail in the form that leaves: headers, and the same words as text and as HTML.

use std::time::{Duration, SystemTime};

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};

use super::MailError;
use crate::base::Millis;

/// A mail, ready to leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// Its number: the same mail has the same again.
    pub id: String,
    /// The address.
    pub to: String,
    /// What stands above.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// The same as HTML, without anything from elsewhere.
    pub html: String,
    /// Where one `POST` ends mails of this kind (RFC 8058); none for mails that nobody can have too many of.
    pub unsubscribe: Option<String>,
    /// As in `en`.
    pub language: String,
    /// When it was written.
    pub at: Millis,
}

impl Letter {
    pub(super) fn to_message(
        &self,
        from: Mailbox,
        reply_to: Option<Mailbox>,
        host: &str,
    ) -> Result<Message, MailError> {
        let to: Mailbox =
            self.to.parse().map_err(|error| MailError::Refused(format!("no address: {error}")))?;
        let place = host.replace(':', ".");
        let date = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(self.at.0).unwrap_or(0));
        let mut builder = Message::builder()
            .from(from)
            .to(to)
            .subject(&self.subject)
            .date(date)
            .message_id(Some(format!("<{}@{place}>", self.id)));
        if let Some(reply_to) = reply_to {
            builder = builder.reply_to(reply_to);
        }
        // Nobody's absence note answers it (RFC 3834).
        builder = builder
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", &self.language));
        if let Some(unsubscribe) = &self.unsubscribe {
            builder = builder
                .raw_header(header("List-Unsubscribe", &format!("<{unsubscribe}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let parts = MultiPart::alternative()
            .boundary(format!("=_{}", self.id))
            .singlepart(SinglePart::plain(self.text.clone()))
            .singlepart(SinglePart::html(self.html.clone()));
        builder.multipart(parts).map_err(|error| MailError::Refused(error.to_string()))
    }
}

/// A header whose value is ours: one line of ASCII.
fn header(name: &'static str, value: &str) -> HeaderValue {
    let value: String = value.chars().filter(|letter| letter.is_ascii() && !letter.is_control()).collect();
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            id: "42".to_owned(),
            to: "ann@example.org".to_owned(),
            subject: "Grüße".to_owned(),
            text: "Hello\n".to_owned(),
            html: "<p>Hello</p>\n".to_owned(),
            unsubscribe: Some("https://eng.example.org/unsubscribe/1/news?pass=x".to_owned()),
            language: "en".to_owned(),
            at: Millis(1_767_323_045_000),
        }
    }

    fn written(letter: &Letter) -> Result<String, MailError> {
        let from = "Engineering <breezeway@example.org>".parse().expect("an address");
        let message = letter.to_message(from, None, "eng.example.org")?;
        Ok(String::from_utf8(message.formatted()).expect("ASCII"))
    }

    #[test]
    fn the_same_mail_has_the_same_form() {
        let text = written(&letter()).expect("a mail");

        assert_eq!(text, written(&letter()).expect("a mail"));
        for line in [
            "Message-ID: <42@eng.example.org>",
            "List-Unsubscribe: <https://eng.example.org/unsubscribe/1/news?pass=x>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Auto-Submitted: auto-generated",
            "Date: Fri, 02 Jan 2026 03:04:05 +0000",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Type: text/html; charset=utf-8",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn nobody_writes_headers_of_their_own() {
        let tricky = Letter {
            subject: "Hello\r\nBcc: everybody@example.org".to_owned(),
            unsubscribe: Some("https://x\r\nBcc: everybody@example.org".to_owned()),
            ..letter()
        };
        let text = written(&tricky).expect("a mail");
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")), "{text}");

        let address = Letter { to: "ann@example.org\r\nBcc: x@example.org".to_owned(), ..letter() };
        assert!(matches!(written(&address), Err(MailError::Refused(_))));
    }
}
