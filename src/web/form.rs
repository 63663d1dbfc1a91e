//! What a form sent: fields and files, in either of the two encodings of HTML, with the session's token checked.

use axum::RequestExt;
use axum::extract::{FromRequest, Multipart, RawForm, Request};
use axum::http::header;
use bytes::Bytes;

use super::failure::Failure;
use super::flash::own_path;
use super::visit::Visit;
use crate::base::Error;
use crate::domain::media::Sent;
use crate::platform::crypto;

/// What a form sent.
#[derive(Debug, Default)]
pub struct Posted {
    fields: Vec<(String, String)>,
    files: Vec<(String, Sent)>,
}

impl Posted {
    /// A field; empty if it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// A field as it was sent; `None` if it was not.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// A field without spaces around it; `None` if it is empty.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|value| !value.is_empty())
    }

    /// All fields of that name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box is checked.
    pub fn checked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// A number, as an identifier is.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is none.
    pub fn id<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, Error> {
        self.get(name).parse().map_err(|_| Error::invalid(name, "is not an id"))
    }

    /// The files of that name, in order; an empty choice counts as an empty file.
    pub fn files<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Bytes> {
        self.files.iter().filter(move |(field, _)| field == name).map(|(_, sent)| &sent.bytes)
    }

    /// The same with what the sender calls them.
    pub fn sent<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Sent> {
        self.files.iter().filter(move |(field, _)| field == name).map(|(_, sent)| sent)
    }

    /// Where to go back to: a path of this site.
    pub fn back(&self) -> &str {
        own_path(self.get("back"))
    }

    async fn read(request: Request) -> Result<Self, Error> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if kind.starts_with("multipart/form-data") {
            Self::read_multipart(request).await
        } else {
            let RawForm(body) = request.extract().await.map_err(|_| too_much())?;
            let fields = url::form_urlencoded::parse(&body).into_owned().collect();
            Ok(Self { fields, files: Vec::new() })
        }
    }

    async fn read_multipart(request: Request) -> Result<Self, Error> {
        let mut parts: Multipart = request.extract().await.map_err(|_| too_much())?;
        let mut posted = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|_| too_much())? {
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(called) = part.file_name().map(str::to_owned) {
                let bytes = part.bytes().await.map_err(|_| too_much())?;
                posted.files.push((name, Sent { bytes, name: called }));
            } else {
                posted.fields.push((name, part.text().await.map_err(|_| too_much())?));
            }
        }
        Ok(posted)
    }
}

fn too_much() -> Error {
    Error::invalid("form", "could not be read: it was cut off or is too large")
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Failure> {
        let visit = request.extensions().get::<Visit>().cloned();
        let posted = Self::read(request).await?;
        let expected =
            visit.as_ref().and_then(|visit| visit.signed.as_ref()).map(|signed| signed.csrf.as_str());
        match expected {
            Some(token) if !crypto::constant_time_eq(token.as_bytes(), posted.get("csrf").as_bytes()) => {
                Err(too_old().into())
            }
            _ => Ok(posted),
        }
    }
}

/// For a form that does not carry the token of the session.
pub fn too_old() -> Error {
    Error::forbidden("This form is too old. Go back, load the page again and send it once more.")
}

/// What a form sent, for those that lose nothing when the session ended or began anew in the meantime.
#[derive(Debug)]
pub struct Unproven {
    /// What was sent.
    pub posted: Posted,
    /// Whether it carries the token of the session. Where it does not, nothing may be done for who is signed in.
    pub fits: bool,
}

impl<S: Send + Sync> FromRequest<S> for Unproven {
    type Rejection = Failure;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Failure> {
        let signed = request.extensions().get::<Visit>().and_then(|visit| visit.signed.clone());
        let posted = Posted::read(request).await?;
        let token = posted.get("csrf").as_bytes();
        let fits = signed.is_some_and(|signed| crypto::constant_time_eq(signed.csrf.as_bytes(), token));
        Ok(Self { posted, fits })
    }
}
