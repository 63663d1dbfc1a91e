//! host-meta: where WebFinger is answered, for readers from before RFC 7033.
//!
//! Spec: <https://www.rfc-editor.org/rfc/rfc6415>

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::platform::services::Services;

/// `GET /.well-known/host-meta`
pub(super) async fn host_meta(State(services): State<Services>) -> Response {
    let template = services.origin.at("/.well-known/webfinger?resource={uri}");
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n  \
         <Link rel=\"lrdd\" template=\"{template}\"/>\n\
         </XRD>\n"
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/xrd+xml; charset=utf-8")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (headers, body).into_response()
}
