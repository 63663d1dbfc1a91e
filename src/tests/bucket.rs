//! A bucket behind HTTP: what is kept there comes back, and every request is signed with the key of the site.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use aws_lc_rs::{digest, hmac};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use breezeway::base::config::MediaS3;
use breezeway::base::secret::Secret;
use breezeway::platform::blobs::{BlobKey, Blobs, Folder, Wanted};
use breezeway::platform::crypto::Random;
use futures::TryStreamExt;

const SECRET: &str = "a secret key of the bucket";

type Objects = Arc<Mutex<BTreeMap<String, Bytes>>>;

/// A store that speaks as much S3 as is asked of it, and refuses what is not signed as it should be.
async fn bucket() -> (MediaS3, Objects) {
    let objects = Objects::default();
    let router = Router::new().fallback(answer).with_state(Arc::clone(&objects));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let settings = MediaS3 {
        bucket: Some("pictures".to_owned()),
        endpoint: Some(format!("http://{address}").parse().unwrap()),
        access_key: Some("breezeway".to_owned()),
        secret_key: Some(Secret::new(SECRET.to_owned())),
        prefix: "eng".to_owned(),
        ..MediaS3::default()
    };
    (settings, objects)
}

async fn answer(State(objects): State<Objects>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    if !is_signed(&head.method, &head.uri, &head.headers, &body) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let path = head.uri.path().to_owned();
    let mut objects = objects.lock().unwrap();
    match head.method {
        Method::PUT => {
            objects.insert(path, body);
            [("etag", "\"1\"")].into_response()
        }
        Method::POST if head.uri.query() == Some("delete") => {
            let asked = String::from_utf8(body.to_vec()).unwrap();
            let mut gone = String::new();
            for key in asked.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next()) {
                objects.remove(&format!("{path}/{key}"));
                write!(gone, "<Deleted><Key>{key}</Key></Deleted>").unwrap();
            }
            format!("<?xml version=\"1.0\"?><DeleteResult>{gone}</DeleteResult>").into_response()
        }
        Method::GET if head.uri.query().is_some_and(|query| query.contains("list-type=2")) => {
            listing(&objects)
        }
        _ => match objects.get(&path) {
            None => StatusCode::NOT_FOUND.into_response(),
            Some(object) => send(object, &head.method, head.headers.get("range")),
        },
    }
}

fn send(object: &Bytes, method: &Method, range: Option<&http::HeaderValue>) -> Response {
    let (length, modified) = (object.len() as u64, "Thu, 01 Jan 2026 00:00:00 GMT");
    let range = range.and_then(|range| Wanted::from_header(range.to_str().unwrap())?.within(length));
    let body = |bytes: Bytes| if method == Method::HEAD { Body::empty() } else { Body::from(bytes) };
    let headers = [("etag", "\"1\"".to_owned()), ("last-modified", modified.to_owned())];
    match range {
        None => (headers, [("content-length", length.to_string())], body(object.clone())).into_response(),
        Some(range) => {
            let said = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let part = object.slice(range.start as usize..range.end as usize);
            (StatusCode::PARTIAL_CONTENT, headers, [("content-range", said)], body(part)).into_response()
        }
    }
}

fn listing(objects: &BTreeMap<String, Bytes>) -> Response {
    let mut contents = String::new();
    for (path, object) in objects {
        write!(
            contents,
            "<Contents><Key>{}</Key><Size>{}</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified>\
                 <ETag>1</ETag></Contents>",
            path.trim_start_matches("/pictures/"),
            object.len()
        )
        .unwrap();
    }
    format!("<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>")
        .into_response()
}

/// Works the signature out again. Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>
fn is_signed(method: &Method, uri: &http::Uri, headers: &HeaderMap, body: &Bytes) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(said) = header("authorization").strip_prefix("AWS4-HMAC-SHA256 ") else { return false };
    let parts: BTreeMap<&str, &str> =
        said.split(',').filter_map(|part| part.trim().split_once('=')).collect();
    let Some((key, scope)) = parts["Credential"].split_once('/') else { return false };
    let digested = header("x-amz-content-sha256");
    if key != "breezeway" || (digested != hex(digest::digest(&digest::SHA256, body).as_ref())) {
        return false;
    }
    let names = parts["SignedHeaders"];
    let mut signed = String::new();
    for name in names.split(';') {
        writeln!(signed, "{name}:{}", header(name).trim()).unwrap();
    }
    let mut query: Vec<&str> =
        uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).collect();
    // A name without a value is signed with an empty one.
    let named: Vec<String> = query
        .iter()
        .map(|pair| if pair.contains('=') { (*pair).to_owned() } else { format!("{pair}=") })
        .collect();
    query = named.iter().map(String::as_str).collect();
    query.sort_unstable();
    let canonical = format!("{method}\n{}\n{}\n{signed}\n{names}\n{digested}", uri.path(), query.join("&"));
    let canonical = hex(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
    let text = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{canonical}", header("x-amz-date"));
    let sign = |key: &[u8], text: &str| {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
    };
    let first = format!("AWS4{SECRET}").into_bytes();
    let key = scope.split('/').fold(first, |key, part| sign(&key, part));
    hex(&sign(&key, &text)) == parts["Signature"]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[tokio::test]
async fn what_is_put_into_a_bucket_comes_back_and_each_request_is_signed() {
    let (settings, objects) = bucket().await;
    let blobs = Blobs::in_bucket(&settings).unwrap();
    let key = BlobKey::make(&Random::seeded(4), Folder::Posts, "mp4");

    blobs.put(&key, "0123456789").await.unwrap();

    assert_eq!(objects.lock().unwrap().keys().collect::<Vec<_>>(), [&format!("/pictures/eng/{key}")]);
    assert_eq!(blobs.read(&key).await.unwrap(), "0123456789");
    let part = blobs.part(&key, Some(Wanted::Last(3))).await.unwrap();
    assert_eq!((part.length, part.range.clone()), (10, 7..10));
    assert_eq!(part.into_stream().try_collect::<Vec<Bytes>>().await.unwrap().concat(), b"789");
    let listed = blobs.list().await.unwrap();
    assert_eq!((listed.len(), &listed[0].key, listed[0].size), (1, &key, 10));
    blobs.delete(&key).await.unwrap();
    assert!(matches!(blobs.read(&key).await, Err(breezeway::base::Error::NotFound { .. })));
}

#[tokio::test]
async fn with_a_wrong_key_nothing_is_taken_for_missing() {
    let (settings, _) = bucket().await;
    let wrong = MediaS3 { secret_key: Some(Secret::new("another".to_owned())), ..settings };
    let blobs = Blobs::in_bucket(&wrong).unwrap();
    let key = BlobKey::make(&Random::seeded(4), Folder::Posts, "mp4");

    assert!(matches!(blobs.put(&key, "x").await, Err(breezeway::base::Error::Internal(_))));
    assert!(matches!(blobs.read(&key).await, Err(breezeway::base::Error::Internal(_))));
}
