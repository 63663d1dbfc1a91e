//! Pictures, videos, sound and files of posts, for whoever may read the post, and faces.
//!
//! Those of other sites are served from a copy here, so that no page makes a browser speak with another host.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum_extra::extract::cookie::CookieJar;
use bytes::Bytes;

use crate::base::id::{AccountId, EmojiId, MediaId};
use crate::base::{Error, Result};
use crate::domain::accounts::picture::monogram;
use crate::domain::accounts::{self, Account};
use crate::domain::auth;
use crate::domain::media::Media;
use crate::domain::media::address::{self, Size};
use crate::domain::media::sniff::{file_mime, file_name};
use crate::domain::statuses::{self, Reader, get_media_by_pass, get_visible_media};
use crate::federation::fetch;
use crate::platform::blobs::{BlobKey, Reading, Wanted};
use crate::platform::crypto::sha256;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// A face changes its address when it changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A small picture keeps its address when its site changes it.
const FOR_A_DAY: &str = "public, max-age=86400";
/// What stands for a face that could not be had just now.
const FOR_A_MINUTE: &str = "public, max-age=60";
/// A picture of a post: kept by the browser, but the site is asked each time whether it may still be seen.
const ASK_EACH_TIME: &str = "private, no-cache";
/// A file that somebody else made must do nothing but be seen.
const POLICY: &str = "default-src 'none'; sandbox";

/// Addresses of pictures.
pub fn router() -> Router<Services> {
    Router::new()
        .route("/media/{id}/{size}", get(attachment))
        .route("/avatars/{id}", get(avatar))
        .route("/headers/{id}", get(header_picture))
        .route("/emojis/{id}", get(emoji))
}

/// A pass, as apps have it in their addresses.
#[derive(Debug, serde::Deserialize)]
struct Pass {
    pass: Option<String>,
}

/// `GET /media/{id}/{size}`: the original, or one of the smaller pictures.
async fn attachment(
    State(services): State<Services>,
    Path((id, size)): Path<(MediaId, String)>,
    Query(query): Query<Pass>,
    headers: HeaderMap,
) -> Response {
    let Some(size) = Size::from_word(&size) else { return refused(&Error::not_found("picture")) };
    match find_attachment(&services, id, query.pass.as_deref(), &headers).await {
        Ok(media) => {
            show_attachment(&services, &media, size, &headers).await.unwrap_or_else(|error| refused(&error))
        }
        Err(error) => refused(&error),
    }
}

async fn find_attachment(
    services: &Services,
    id: MediaId,
    pass: Option<&str>,
    headers: &HeaderMap,
) -> Result<Media> {
    let mut conn = services.db.read().await?;
    if pass.is_some_and(|pass| address::admits(services, id, pass)) {
        return get_media_by_pass(&mut conn, id).await;
    }
    let reader = reader(services, &mut conn, headers).await?;
    get_visible_media(services, &mut conn, id, &reader).await
}

/// Who asks, by the cookie of the session.
async fn reader(services: &Services, conn: &mut Conn, headers: &HeaderMap) -> Result<Reader> {
    let name = services.config.site.session_cookie();
    let jar = CookieJar::from_headers(headers);
    let Some(cookie) = jar.get(&name) else { return Ok(Reader::Anonymous) };
    let signed = auth::session::find(services, conn, cookie.value()).await?;
    Ok(signed.map_or(Reader::Anonymous, |signed| Reader::Person(signed.account.id)))
}

async fn show_attachment(
    services: &Services,
    media: &Media,
    size: Size,
    headers: &HeaderMap,
) -> Result<Response> {
    let tag = tag(media, size);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::CACHE_CONTROL, ASK_EACH_TIME)]).into_response());
    }
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    // A part of something else than what the browser has is of no use to it.
    let same = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
    let range = range.filter(|_| same);
    let mut response = match (key_of(media, size), remote_of(media, size)) {
        (Some(key), _) => show_part(services, media, key, range).await?,
        (None, Some(url)) if media.kind == "image" || size != Size::Original => {
            let copied = fetch::copied_picture(services, url, size).await?;
            show_bytes(copied.mime, copied.bytes, ASK_EACH_TIME)
        }
        (None, Some(url)) => hand_on(services, media, url, range).await?,
        (None, None) => return Err(Error::not_found("picture")),
    };
    if media.is_file() {
        let name = disposition(&media.name, &media.mime);
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    if let Ok(tag) = tag.parse() {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// Changes when the picture is cut.
fn tag(media: &Media, size: Size) -> String {
    let place = media.blob_key.as_ref().or(media.remote_url.as_ref());
    let version = place.map_or_else(String::new, |place| sha256(place.as_bytes()).to_hex()[..8].to_owned());
    format!("\"{}-{}-{version}\"", media.id, size.word())
}

/// The file of ours that is shown. A picture has itself where it has no smaller one; other things have only what was
/// made for them.
fn key_of(media: &Media, size: Size) -> Option<&String> {
    let whole = media.blob_key.as_ref();
    let itself = whole.filter(|_| media.kind == "image");
    match size {
        Size::Original => whole,
        Size::Large => media.large_key.as_ref().or(itself).or(media.preview_key.as_ref()),
        Size::Preview => media.preview_key.as_ref().or(itself),
    }
}

/// The same elsewhere.
fn remote_of(media: &Media, size: Size) -> Option<&String> {
    match (media.kind.as_str(), size) {
        ("image", _) | ("video" | "audio" | "file", Size::Original) => media.remote_url.as_ref(),
        ("video", _) => media.remote_preview_url.as_ref(),
        _ => None,
    }
}

async fn show_part(services: &Services, media: &Media, key: &str, range: Option<&str>) -> Result<Response> {
    let key: BlobKey = key.parse()?;
    let mime = if media.is_file() { file_mime(&media.mime) } else { key.mime() };
    let wanted = range.and_then(Wanted::from_header);
    let reading = match services.blobs.part(&key, wanted).await {
        Err(Error::Invalid { field: "range", .. }) => {
            return Ok(
                (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CACHE_CONTROL, "no-store")]).into_response()
            );
        }
        other => other?,
    };
    let head = reading.head(wanted.is_some());
    let mut response = show(mime, Body::from_stream(reading.into_stream()), ASK_EACH_TIME);
    *response.status_mut() = head.0;
    response.headers_mut().extend(head.1);
    Ok(response)
}

/// What is at another site, piece by piece. It is shown only as what it says it is, and only if that can be shown.
async fn hand_on(services: &Services, media: &Media, url: &str, range: Option<&str>) -> Result<Response> {
    let streamed = fetch::streamed(services, url, range).await?;
    let said = streamed.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mime = if media.is_file() { Some(file_mime(&said)) } else { playable_mime(&media.kind, &said) };
    let mime = mime.ok_or(Error::not_found("file"))?;
    let (status, length) = (streamed.status, streamed.length);
    let part = streamed.content_range.as_deref().and_then(|range| range.parse().ok());
    let mut response = show(mime, Body::from_stream(streamed.into_stream()), ASK_EACH_TIME);
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, length.into());
    }
    if let Some(part) = part.filter(|_| status == StatusCode::PARTIAL_CONTENT) {
        headers.insert(header::CONTENT_RANGE, part);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// What browsers play, and nothing that they would open.
fn playable_mime(kind: &str, said: &str) -> Option<&'static str> {
    const KNOWN: [&str; 16] = [
        "video/mp4",
        "video/webm",
        "video/ogg",
        "video/quicktime",
        "video/x-matroska",
        "video/3gpp",
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
        "audio/wav",
        "audio/x-wav",
        "audio/flac",
        "audio/x-flac",
        "audio/webm",
        "audio/aac",
        "audio/opus",
    ];
    // Ogg with sound alone is called either way.
    let fits = matches!(kind, "video" | "audio");
    KNOWN.into_iter().find(|known| fits && *known == said)
}

/// To be kept under its name, never opened in the place of a page.
fn disposition(name: &str, mime: &str) -> HeaderValue {
    let name = file_name(name, mime);
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || " ._-".contains(*c)).collect();
    let coded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}");
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment"))
}

/// `GET /avatars/{id}`
async fn avatar(State(services): State<Services>, Path(id): Path<AccountId>) -> Response {
    show_avatar(&services, id).await.unwrap_or_else(|error| refused(&error))
}

async fn show_avatar(services: &Services, id: AccountId) -> Result<Response> {
    let account = find_account(services, id).await?;
    if let Some(key) = &account.avatar_key {
        return show_blob(services, key, FOR_EVER).await;
    }
    let Some(url) = &account.avatar_url else { return show_monogram(services, &account, FOR_EVER).await };
    match fetch::copied_avatar(services, url).await {
        Ok(copied) => Ok(show_bytes(copied.mime, copied.bytes, FOR_EVER)),
        Err(_) => show_monogram(services, &account, FOR_A_MINUTE).await,
    }
}

async fn show_monogram(services: &Services, account: &Account, cache: &'static str) -> Result<Response> {
    let picture = services.images.monogram(monogram(account)).await?;
    Ok(show_bytes(picture.kind.mime(), picture.bytes.into(), cache))
}

/// `GET /headers/{id}`
async fn header_picture(State(services): State<Services>, Path(id): Path<AccountId>) -> Response {
    show_header(&services, id).await.unwrap_or_else(|error| refused(&error))
}

async fn show_header(services: &Services, id: AccountId) -> Result<Response> {
    let account = find_account(services, id).await?;
    match (&account.header_key, &account.header_url) {
        (Some(key), _) => show_blob(services, key, FOR_EVER).await,
        (None, Some(url)) => {
            let copied = fetch::copied_header(services, url).await?;
            Ok(show_bytes(copied.mime, copied.bytes, FOR_EVER))
        }
        (None, None) => Err(Error::not_found("picture")),
    }
}

/// `GET /emojis/{id}`: a small picture of another site, of those that came with a reaction.
async fn emoji(State(services): State<Services>, Path(id): Path<EmojiId>) -> Response {
    show_emoji(&services, id).await.unwrap_or_else(|error| refused(&error))
}

async fn show_emoji(services: &Services, id: EmojiId) -> Result<Response> {
    let url = statuses::store::find_emoji_url(&mut services.db.read().await?, id).await?;
    let url = url.ok_or(Error::not_found("picture"))?;
    let copied = fetch::copied_picture(services, &url, Size::Preview).await?;
    Ok(show_bytes(copied.mime, copied.bytes, FOR_A_DAY))
}

/// People whom our moderators suspended have no face either.
async fn find_account(services: &Services, id: AccountId) -> Result<Account> {
    let mut conn = services.db.read().await?;
    let account = accounts::store::get(&mut conn, id).await?;
    if account.is_hidden() { Err(Error::not_found("account")) } else { Ok(account) }
}

async fn show_blob(services: &Services, key: &str, cache: &'static str) -> Result<Response> {
    let key: BlobKey = key.parse()?;
    let reading: Reading = services.blobs.stream(&key).await?;
    let length = reading.length;
    let mut response = show(key.mime(), Body::from_stream(reading.into_stream()), cache);
    response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    Ok(response)
}

fn show_bytes(mime: &'static str, bytes: Bytes, cache: &'static str) -> Response {
    show(mime, Body::from(bytes), cache)
}

fn show(mime: &'static str, body: Body, cache: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, mime),
        (header::CACHE_CONTROL, cache),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, body).into_response()
}

/// No page: nobody reads one in the place of a picture.
fn refused(error: &Error) -> Response {
    let status = match error {
        Error::Internal(_) => {
            let chain = error.chain();
            tracing::error!(error = %chain, "A picture could not be shown: {chain}");
            StatusCode::INTERNAL_SERVER_ERROR
        }
        Error::PeerUnavailable { .. } => StatusCode::BAD_GATEWAY,
        _ => StatusCode::NOT_FOUND,
    };
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}
