//! The routers of all rooms under one roof, and what every request passes through.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::timeout::RequestBodyTimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::base::client::ClientIp;
use crate::platform::crypto::Random;
use crate::platform::services::Services;

/// What a request may hold beside the pictures of a post: the other fields of a form.
const FORM_MARGIN: usize = 1 << 20;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Everything that the site answers; `inbox` is the router of its inboxes.
pub fn router(services: &Services, inbox: Router) -> Router {
    let pictures =
        services.config.media.max_size.as_usize().saturating_mul(services.config.limits.attachments as usize);
    let largest = pictures.max(services.config.media.largest().as_usize()).saturating_add(FORM_MARGIN);
    let layers = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(REQUEST_ID, RandomId(services.random.clone())))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(middleware::from_fn_with_state(services.config.server.behind_proxy, client_ip))
        .layer(RequestBodyLimitLayer::new(largest))
        .layer(RequestBodyTimeoutLayer::new(services.config.server.client_timeout));
    Router::new()
        .route("/health", get(health))
        .merge(crate::federation::serve::router())
        .merge(crate::web::media::router())
        .with_state(services.clone())
        .merge(inbox)
        .merge(crate::api::router(services.clone()))
        .merge(crate::web::router(services.clone()))
        .layer(layers)
}

/// Fonts and most pictures are compressed as they are. What can be had in parts must stay what it is.
fn worth_compressing() -> impl Predicate {
    let whole = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        !headers.contains_key(header::ACCEPT_RANGES)
    };
    DefaultPredicate::new().and(NotForContentType::const_new("font/")).and(whole)
}

/// Says that the process answers and its database too; for whoever watches it.
async fn health(State(services): State<Services>) -> Result<Json<Value>, axum::http::StatusCode> {
    match services.db.read().await {
        Ok(_) => Ok(Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))),
        Err(_) => Err(axum::http::StatusCode::SERVICE_UNAVAILABLE),
    }
}

/// The span of a request: no query, since there may be a token in it.
fn span<B>(request: &axum::http::Request<B>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    tracing::info_span!(
        "request",
        id = id.unwrap_or_default(),
        method = %request.method(),
        path = request.uri().path()
    )
}

#[derive(Clone)]
struct RandomId(Random);

impl MakeRequestId for RandomId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&self.0.short_id()).ok().map(RequestId::new)
    }
}

/// Notes who asks. The header of a proxy counts only where the configuration says that there is one.
async fn client_ip(State(behind_proxy): State<bool>, mut request: Request, next: Next) -> Response {
    let direct = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back();
    let forwarded = forwarded.filter(|_| behind_proxy).and_then(last_address);
    if let Some(address) = forwarded.or(direct) {
        request.extensions_mut().insert(ClientIp(address.to_canonical()));
    }
    next.run(request).await
}

/// The last entry is the one that our own proxy wrote; those before it are only claimed.
fn last_address(header: &HeaderValue) -> Option<IpAddr> {
    header.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_our_own_proxy_wrote_counts() {
        let header = HeaderValue::from_static("1.1.1.1, 10.0.0.9");

        assert_eq!(last_address(&header), "10.0.0.9".parse().ok());
        assert_eq!(last_address(&HeaderValue::from_static("unknown")), None);
    }
}
