//! A whole site: the client API with its forms, trees and pages, the pages for people, WebFinger and host-meta. The
//! first line is method and address, then headers, an empty line, and the body. Nothing may be answered with 5xx.
#![no_main]

use std::sync::LazyLock;

use breezeway::testing::{Person, TestApp};
use http::Method;
use libfuzzer_sys::fuzz_target;
use tokio::runtime::Runtime;

struct World {
    runtime: Runtime,
    app: TestApp,
    ann: Person,
    http: reqwest::Client,
}

static WORLD: LazyLock<World> = LazyLock::new(build);

#[expect(clippy::disallowed_methods, reason = "a test speaks to loopback, past the guard on purpose")]
fn build() -> World {
    let runtime = Runtime::new().expect("a runtime");
    let (app, ann) = runtime.block_on(async {
        let app = TestApp::build().open().start().await;
        let ann = app.person("ann").await;
        ann.posts("Hello #fuzz").await;
        (app, ann)
    });
    let redirect = reqwest::redirect::Policy::none();
    let http = reqwest::Client::builder().no_proxy().redirect(redirect).build().expect("a client");
    World { runtime, app, ann, http }
}

fuzz_target!(|text: &str| {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let Some((method, path)) = lines.next().and_then(|line| line.split_once(' ')) else { return };
    let Ok(method) = Method::from_bytes(method.as_bytes()) else { return };
    // A session that stays open, or a password that takes a second to hash, is not what is looked for.
    if !path.starts_with('/')
        || path.contains("streaming")
        || path.starts_with("/sign")
        || method == Method::CONNECT
    {
        return;
    }
    let Ok(url) = WORLD.app.url("/").join(path) else { return };
    if url.origin() != WORLD.app.url("/").origin() {
        return;
    }
    let mut request = WORLD.http.request(method, url).bearer_auth(WORLD.ann.token());
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        if name.eq_ignore_ascii_case("content-length") || name.eq_ignore_ascii_case("transfer-encoding") {
            continue;
        }
        request = request.header(name.trim(), value.trim());
    }
    let Ok(request) = request.body(body.to_owned()).build() else { return };
    WORLD.runtime.block_on(async {
        if let Ok(answer) = WORLD.http.execute(request).await {
            let status = answer.status();
            // 503: what another site was asked for cannot be had.
            assert!(!status.is_server_error() || status == 501 || status == 503, "{status}");
        }
    });
});
