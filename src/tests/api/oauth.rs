//! A program registers, a person agrees, the program acts for them until it gives the token back.

use breezeway::testing::http::{Answer, Http, send};
use breezeway::testing::person::text_of;
use breezeway::testing::{Person, TestApp};
use http::{Method, StatusCode};
use serde_json::{Value, json};

const SOMEWHERE: &str = "https://app.example/back";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn post(app: &TestApp, path: &str, body: Value) -> Answer {
    send(Http::default().request(Method::POST, app.url(path)).json(&body)).await
}

async fn register(app: &TestApp) -> Value {
    let said = json!({ "client_name": "Fern", "redirect_uris": SOMEWHERE, "scopes": "read write" });
    post(app, "/api/v1/apps", said).await.ok().json()
}

/// The person agrees on the page, with PKCE.
async fn agree(person: &Person, program: &Value) -> String {
    let query = format!(
        "/oauth/authorize?response_type=code&client_id={}&redirect_uri={SOMEWHERE}&scope=read+write&state=xyz\
         &code_challenge={CHALLENGE}&code_challenge_method=S256",
        text_of(program, "client_id")
    );
    let fields = [
        ("response_type", "code"),
        ("client_id", program["client_id"].as_str().unwrap()),
        ("redirect_uri", SOMEWHERE),
        ("scope", "read write"),
        ("state", "xyz"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("decision", "allow"),
    ];
    let answer = person.browser().await.submit(&query, "/oauth/authorize", &fields).await;
    let back = answer.location().expect("back to the program");
    let code = back.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    assert!(back.as_str().contains("state=xyz"));
    code
}

fn exchange(program: &Value, code: &str, verifier: &str) -> Value {
    json!({
        "grant_type": "authorization_code",
        "client_id": program["client_id"],
        "client_secret": program["client_secret"],
        "redirect_uri": SOMEWHERE,
        "code": code,
        "code_verifier": verifier,
    })
}

async fn who_am_i(app: &TestApp, token: &str) -> Answer {
    let url = app.url("/api/v1/accounts/verify_credentials");
    send(Http::default().request(Method::GET, url).bearer_auth(token)).await
}

#[tokio::test]
async fn a_program_acts_for_a_person_until_it_gives_the_token_back() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let program = register(&app).await;

    let code = agree(&ann, &program).await;
    let token = post(&app, "/oauth/token", exchange(&program, &code, VERIFIER)).await.ok();
    assert_eq!(token.header("cache-control"), "no-store");
    let token = token.json();
    assert_eq!((&token["token_type"], &token["scope"]), (&json!("Bearer"), &json!("read write")));
    let secret = text_of(&token, "access_token");
    assert_eq!(who_am_i(&app, &secret).await.ok().json()["username"], "ann");

    let back = json!({
        "client_id": program["client_id"], "client_secret": program["client_secret"], "token": secret,
    });
    post(&app, "/oauth/revoke", back).await.ok();
    assert_eq!(who_am_i(&app, &secret).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_code_works_once_and_only_for_who_asked_for_it() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let program = register(&app).await;

    let code = agree(&ann, &program).await;
    let stolen = post(&app, "/oauth/token", exchange(&program, &code, &VERIFIER.replace('d', "e"))).await;
    assert_eq!((stolen.status, &stolen.json()["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    let token = post(&app, "/oauth/token", exchange(&program, &code, VERIFIER)).await.ok().json();
    let again = post(&app, "/oauth/token", exchange(&program, &code, VERIFIER)).await;

    assert_eq!(again.json()["error"], "invalid_grant");
    // Somebody else has the code too: what it gave is taken back.
    assert_eq!(who_am_i(&app, &text_of(&token, "access_token")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_program_for_itself_speaks_for_nobody() {
    let app = TestApp::start().await;
    let program = register(&app).await;

    let asked = json!({
        "grant_type": "client_credentials",
        "client_id": program["client_id"],
        "client_secret": program["client_secret"],
        "scope": "read",
    });
    let token = text_of(&post(&app, "/oauth/token", asked).await.ok().json(), "access_token");

    assert_eq!(who_am_i(&app, &token).await.status, StatusCode::FORBIDDEN);
    let url = app.url("/api/v1/apps/verify_credentials");
    let known = send(Http::default().request(Method::GET, url).bearer_auth(&token)).await.ok().json();
    assert_eq!((&known["name"], &known["scopes"]), (&json!("Fern"), &json!(["read", "write"])));
    assert!(known.get("client_secret").is_none());
}

#[tokio::test]
async fn a_wrong_secret_is_refused() {
    let app = TestApp::start().await;
    let program = register(&app).await;

    let asked = json!({
        "grant_type": "client_credentials", "client_id": program["client_id"], "client_secret": "guessed",
    });
    let answer = post(&app, "/oauth/token", asked).await;

    assert_eq!(
        (answer.status, &answer.json()["error"]),
        (StatusCode::UNAUTHORIZED, &json!("invalid_client"))
    );
}

#[tokio::test]
async fn a_program_finds_out_where_to_go() {
    let app = TestApp::start().await;

    let said = app.anybody_gets("/.well-known/oauth-authorization-server").await.ok().json();

    assert_eq!(said["token_endpoint"], app.url("/oauth/token").as_str());
    assert_eq!(said["code_challenge_methods_supported"], json!(["S256"]));
}
