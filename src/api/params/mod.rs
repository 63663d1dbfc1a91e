//! Parameters: the query, JSON, a form or a multipart form, all alike.

mod lenient;
mod tree;

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::error::ApiError;
use crate::base::{Error, Result};
use lenient::Lenient;

/// More names than any request needs.
const MOST: usize = 1_000;

/// The parameters of a request, wherever they stand. Files are passed over.
#[derive(Debug)]
pub struct Params<T>(pub T);

/// The same with the files of a multipart form, by name.
#[derive(Debug)]
pub struct ParamsAndFiles<T>(pub T, pub Files);

/// Files by name. What a client says of their kind is passed over: the bytes tell.
pub type Files = HashMap<String, SentFile>;

/// A file of a form.
#[derive(Debug, Default)]
pub struct SentFile {
    /// What the client calls it; may be anything.
    pub name: String,
    pub bytes: Bytes,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (tree, _) = gather(request, state).await?;
        Ok(Self(read(tree)?))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for ParamsAndFiles<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (tree, files) = gather(request, state).await?;
        Ok(Self(read(tree)?, files))
    }
}

/// Reads the query of an address.
///
/// # Errors
/// [`Error::Invalid`] if a value is not what is wanted.
pub fn read_query<T: DeserializeOwned>(query: &str) -> Result<T> {
    let mut tree = Map::new();
    insert_pairs(&mut tree, query.as_bytes());
    read(tree)
}

/// An empty text counts as none: some programs send `in_reply_to_id=`.
///
/// # Errors
/// If the text is not what is wanted.
pub fn blank_is_none<'de, D: Deserializer<'de>, T: std::str::FromStr>(
    deserializer: D,
) -> std::result::Result<Option<T>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    match text.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| serde::de::Error::custom(format!("{text:?} has the wrong form"))),
    }
}

fn read<T: DeserializeOwned>(tree: Map<String, Value>) -> Result<T> {
    T::deserialize(Lenient(Value::Object(tree)))
        .map_err(|problem| Error::invalid("parameters", format!("cannot be read: {problem}")))
}

async fn gather<S: Send + Sync>(
    request: Request,
    state: &S,
) -> Result<(Map<String, Value>, Files), ApiError> {
    let mut tree = Map::new();
    insert_pairs(&mut tree, request.uri().query().unwrap_or_default().as_bytes());
    let mut files = Files::new();
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    match kind.map(|kind| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()).as_deref() {
        Some("multipart/form-data") => {
            let form =
                Multipart::from_request(request, state).await.map_err(|e| unreadable(&e.body_text()))?;
            read_multipart(form, &mut tree, &mut files).await?;
        }
        Some("application/json") => {
            let body = body_of(request, state).await?;
            insert_json(&mut tree, &body)?;
        }
        Some("application/x-www-form-urlencoded") | None => {
            insert_pairs(&mut tree, &body_of(request, state).await?);
        }
        Some(_) => {}
    }
    Ok((tree, files))
}

async fn body_of<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, state).await.map_err(|problem| unreadable(&problem.body_text()))
}

fn unreadable(problem: &str) -> ApiError {
    Error::invalid("body", format!("cannot be read: {problem}")).into()
}

fn insert_pairs(tree: &mut Map<String, Value>, text: &[u8]) {
    for (name, value) in url::form_urlencoded::parse(text).take(MOST) {
        tree::insert(tree, &name, value.into_owned());
    }
}

fn insert_json(tree: &mut Map<String, Value>, body: &[u8]) -> Result<()> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => tree.extend(members),
        Ok(_) => {}
        Err(problem) => return Err(Error::invalid("body", format!("is no JSON: {problem}"))),
    }
    Ok(())
}

async fn read_multipart(
    mut form: Multipart,
    tree: &mut Map<String, Value>,
    files: &mut Files,
) -> Result<(), ApiError> {
    for _ in 0..MOST {
        let Some(field) = form.next_field().await.map_err(|e| unreadable(&e.body_text()))? else { break };
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|e| unreadable(&e.body_text()))?;
        if let Some(file_name) = file_name {
            files.insert(name, SentFile { name: file_name, bytes });
        } else {
            tree::insert(tree, &name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}
