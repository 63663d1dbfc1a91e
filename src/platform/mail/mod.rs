//! Mails on their way out: to a mail server, into a folder, or nowhere. What they say is not known here.
//!
//! A mail has a number of its own, from which its `Message-ID` is made. SMTP cannot say whether a mail arrived when the
//! connection breaks between its last byte and the answer; then it is sent again, under the same `Message-ID`, by
//! which mail servers and programs know it again.

mod written;

use std::path::PathBuf;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

pub use self::written::Letter;
use crate::base::config::{self, MailEncryption, MailTransport};

/// The way out. Clones share their connections.
#[derive(Clone)]
pub struct Mail {
    way: Way,
    from: Option<Mailbox>,
    reply_to: Option<Mailbox>,
    host: String,
}

#[derive(Clone)]
enum Way {
    Off,
    Folder(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

/// Why a mail did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// This mail will never be taken.
    #[error("the mail was refused: {0}")]
    Refused(String),
    /// This mail is not taken now.
    #[error("the mail is not taken now: {0}")]
    Later(String),
    /// The mail server cannot be spoken with, or broke off. Whether the mail arrived is not known.
    #[error("the mail server cannot be reached: {0}")]
    Down(String),
    /// The settings do not make a way out.
    #[error("mail cannot be set up: {0}")]
    Setup(String),
}

impl Mail {
    /// As `settings` say; `host` is the site's, and `authorities` are certificates (PEM) that are trusted beside those
    /// of the machine.
    ///
    /// # Errors
    /// [`MailError::Setup`] if there is no way out by these settings.
    pub fn new(
        settings: &config::Mail,
        folder: PathBuf,
        host: &str,
        authorities: &[Vec<u8>],
    ) -> Result<Self, MailError> {
        let way = match settings.transport {
            MailTransport::Off => Way::Off,
            MailTransport::Folder => Way::Folder(folder),
            MailTransport::Smtp => Way::Smtp(smtp(settings, host, authorities)?),
        };
        Ok(Self {
            way,
            from: settings.from.parse().ok(),
            reply_to: settings.reply_to.parse().ok(),
            host: host.to_owned(),
        })
    }

    /// Whether mails leave at all.
    pub fn is_on(&self) -> bool {
        !matches!(self.way, Way::Off)
    }

    /// Sends a mail.
    ///
    /// # Errors
    /// [`MailError`], which says whether to try again.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let from = self.from.clone().ok_or_else(|| MailError::Setup("mail.from is no address".to_owned()))?;
        let message = letter.to_message(from, self.reply_to.clone(), &self.host)?;
        match &self.way {
            Way::Off => Err(MailError::Setup("mail.transport is off".to_owned())),
            Way::Folder(folder) => keep(folder, &letter.id, &message).await,
            Way::Smtp(transport) => transport.send(message).await.map(|_| ()).map_err(|error| judge(&error)),
        }
    }
}

/// Writes a mail into the folder; twice is one file.
async fn keep(folder: &std::path::Path, id: &str, message: &Message) -> Result<(), MailError> {
    let failed = |error: std::io::Error| MailError::Later(format!("{}: {error}", folder.display()));
    tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    let (partly, whole) = (folder.join(format!(".{id}.part")), folder.join(format!("{id}.eml")));
    tokio::fs::write(&partly, message.formatted()).await.map_err(failed)?;
    tokio::fs::rename(&partly, &whole).await.map_err(failed)
}

fn smtp(
    settings: &config::Mail,
    host: &str,
    authorities: &[Vec<u8>],
) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
    let tls = match settings.encryption {
        MailEncryption::None => Tls::None,
        MailEncryption::Starttls => Tls::Required(parameters(&settings.host, authorities)?),
        MailEncryption::Tls => Tls::Wrapper(parameters(&settings.host, authorities)?),
    };
    let greeting = host.rsplit_once(':').map_or(host, |(name, _)| name).to_owned();
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
        .port(settings.port())
        .hello_name(ClientId::Domain(greeting))
        .timeout(Some(settings.timeout))
        .tls(tls);
    if !settings.user.is_empty() {
        let password = settings.password.expose().clone();
        builder = builder.credentials(Credentials::new(settings.user.clone(), password));
    }
    Ok(builder.build())
}

fn parameters(host: &str, authorities: &[Vec<u8>]) -> Result<TlsParameters, MailError> {
    let wrong = |error: lettre::transport::smtp::Error| MailError::Setup(error.to_string());
    let mut builder = TlsParameters::builder(host.to_owned());
    for pem in authorities {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(wrong)?);
    }
    builder.build_rustls().map_err(wrong)
}

/// What says that the mailbox is not there or will not have the mail (RFC 5321, 4.2.2; RFC 7504). Other refusals for
/// good may also concern us, as a wrong password does, and mend themselves when the settings do.
const REFUSALS: [u16; 5] = [550, 551, 552, 553, 556];

fn judge(error: &lettre::transport::smtp::Error) -> MailError {
    let told = chain(error);
    match error.status() {
        Some(code) if error.is_permanent() && REFUSALS.contains(&u16::from(code)) => MailError::Refused(told),
        Some(_) => MailError::Later(told),
        None => MailError::Down(told),
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        let more = source.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        next = source.source();
    }
    text
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let way = match &self.way {
            Way::Off => "off",
            Way::Folder(_) => "folder",
            Way::Smtp(_) => "smtp",
        };
        f.debug_tuple("Mail").field(&way).finish()
    }
}
