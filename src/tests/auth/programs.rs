//! OAuth 2: programs register, people agree, codes become tokens.

use std::time::Duration;

use breezeway::base::id::AccountId;
use breezeway::domain::auth::oauth::{
    self, AuthorizeRequest, Client, Grant, OAuthError, OUT_OF_BAND, TokenRequest,
};
use breezeway::domain::auth::{NewApp, Scope, token};
use breezeway::testing::TestApp;

use super::app_with_hand;

const BACK: &str = "https://app.example/back";

/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A program that registered for `read write`.
struct Program<'a> {
    app: &'a TestApp,
    client: Client,
}

impl<'a> Program<'a> {
    async fn registers(app: &'a TestApp) -> Self {
        let new = NewApp {
            name: "Toot".to_owned(),
            redirect_uris: vec![format!("{BACK}\n{OUT_OF_BAND}")],
            scopes: "read write".to_owned(),
            ..NewApp::default()
        };
        let new = oauth::register_app(app.services(), new).await.unwrap();
        let client = Client { client_id: new.app.client_id, client_secret: new.client_secret };
        Self { app, client }
    }

    fn question(&self) -> AuthorizeRequest {
        AuthorizeRequest {
            response_type: "code".to_owned(),
            client_id: self.client.client_id.clone(),
            redirect_uri: BACK.to_owned(),
            scope: Some("read write:statuses".to_owned()),
            ..AuthorizeRequest::default()
        }
    }

    /// The person agrees to the question.
    async fn code(&self, question: &AuthorizeRequest, person: AccountId) -> String {
        let asked = oauth::check(self.app.services(), question).await.unwrap();
        oauth::authorize(self.app.services(), person, &asked).await.unwrap()
    }

    fn request(&self, code: &str) -> TokenRequest {
        TokenRequest {
            grant_type: "authorization_code".to_owned(),
            client: self.client.clone(),
            code: Some(code.to_owned()),
            redirect_uri: Some(BACK.to_owned()),
            ..TokenRequest::default()
        }
    }

    async fn exchanges(&self, request: &TokenRequest) -> Result<Grant, OAuthError> {
        oauth::exchange(self.app.services(), request).await
    }

    async fn works(&self, token: &str) -> bool {
        let services = self.app.services();
        let mut conn = services.db.read().await.unwrap();
        token::find(services, &mut conn, token).await.unwrap().is_some()
    }
}

#[tokio::test]
async fn a_code_becomes_a_token_for_what_was_agreed_to() {
    let app = TestApp::start().await;
    let (ann, program) = (app.person("ann").await, Program::registers(&app).await);

    let code = program.code(&program.question(), ann.id).await;
    let grant = program.exchanges(&program.request(&code)).await.unwrap();

    let mut conn = app.services().db.read().await.unwrap();
    let access = token::find(app.services(), &mut conn, &grant.access_token).await.unwrap().unwrap();
    assert_eq!(access.person.unwrap().account.id, ann.id);
    assert!(access.scopes.cover(Scope::ReadAccounts));
    assert!(access.scopes.cover(Scope::WriteStatuses));
    assert!(!access.scopes.cover(Scope::WriteMedia));
}

#[tokio::test]
async fn a_code_that_comes_twice_takes_its_token_back() {
    let app = TestApp::start().await;
    let (ann, program) = (app.person("ann").await, Program::registers(&app).await);
    let code = program.code(&program.question(), ann.id).await;
    let grant = program.exchanges(&program.request(&code)).await.unwrap();
    assert!(program.works(&grant.access_token).await);

    let again = program.exchanges(&program.request(&code)).await;

    assert!(matches!(again, Err(OAuthError::InvalidGrant)), "{again:?}");
    assert!(!program.works(&grant.access_token).await);
}

#[tokio::test]
async fn a_code_expires_after_ten_minutes() {
    let (app, hand) = app_with_hand().await;
    let (ann, program) = (app.person("ann").await, Program::registers(&app).await);
    let code = program.code(&program.question(), ann.id).await;

    hand.advance(Duration::from_mins(10));

    let late = program.exchanges(&program.request(&code)).await;
    assert!(matches!(late, Err(OAuthError::InvalidGrant)), "{late:?}");
}

#[tokio::test]
async fn a_challenge_must_be_met() {
    let app = TestApp::start().await;
    let (ann, program) = (app.person("ann").await, Program::registers(&app).await);
    let question = AuthorizeRequest {
        code_challenge: Some(CHALLENGE.to_owned()),
        code_challenge_method: Some("S256".to_owned()),
        ..program.question()
    };
    let code = program.code(&question, ann.id).await;

    let without = program.exchanges(&program.request(&code)).await;
    let wrong = TokenRequest { code_verifier: Some(VERIFIER.replace('d', "e")), ..program.request(&code) };
    let wrong = program.exchanges(&wrong).await;
    let right = TokenRequest { code_verifier: Some(VERIFIER.to_owned()), ..program.request(&code) };
    let right = program.exchanges(&right).await;

    assert!(matches!(without, Err(OAuthError::InvalidGrant)), "{without:?}");
    assert!(matches!(wrong, Err(OAuthError::InvalidGrant)), "{wrong:?}");
    assert!(right.is_ok(), "{right:?}");
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let app = TestApp::start().await;
    let (ann, program) = (app.person("ann").await, Program::registers(&app).await);
    let code = program.code(&program.question(), ann.id).await;

    let request = TokenRequest { code_verifier: Some(VERIFIER.to_owned()), ..program.request(&code) };

    assert!(matches!(program.exchanges(&request).await, Err(OAuthError::InvalidGrant)));
}

#[tokio::test]
async fn a_plain_challenge_is_refused() {
    let app = TestApp::start().await;
    let program = Program::registers(&app).await;
    for method in [None, Some("plain".to_owned())] {
        let question = AuthorizeRequest {
            code_challenge: Some(CHALLENGE.to_owned()),
            code_challenge_method: method,
            ..program.question()
        };

        let refused = oauth::check(app.services(), &question).await;

        assert!(matches!(refused, Err(OAuthError::InvalidRequest(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn people_are_only_sent_where_the_program_registered() {
    let app = TestApp::start().await;
    let program = Program::registers(&app).await;
    for elsewhere in
        ["https://app.example/back/", "https://app.example/back?x", "https://evil.example/back", ""]
    {
        let question = AuthorizeRequest { redirect_uri: elsewhere.to_owned(), ..program.question() };

        let refused = oauth::check(app.services(), &question).await;

        assert!(matches!(refused, Err(OAuthError::InvalidRedirectUri)), "{elsewhere}: {refused:?}");
    }
}

#[tokio::test]
async fn a_program_gets_no_more_than_it_registered_for() {
    let app = TestApp::start().await;
    let program = Program::registers(&app).await;
    for scope in ["read admin:write", "follow", "everything"] {
        let question = AuthorizeRequest { scope: Some(scope.to_owned()), ..program.question() };

        let refused = oauth::check(app.services(), &question).await;

        assert!(matches!(refused, Err(OAuthError::InvalidScope)), "{scope}: {refused:?}");
    }
}

#[tokio::test]
async fn a_code_is_of_no_use_to_another_program_or_address() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let (program, other) = (Program::registers(&app).await, Program::registers(&app).await);
    let code = program.code(&program.question(), ann.id).await;

    let by_other = other.exchanges(&other.request(&code)).await;
    let elsewhere = TokenRequest { redirect_uri: Some(OUT_OF_BAND.to_owned()), ..program.request(&code) };
    let elsewhere = program.exchanges(&elsewhere).await;
    let impostor = Client { client_secret: "guess".to_owned(), ..program.client.clone() };
    let impostor = program.exchanges(&TokenRequest { client: impostor, ..program.request(&code) }).await;

    assert!(matches!(by_other, Err(OAuthError::InvalidGrant)), "{by_other:?}");
    assert!(matches!(elsewhere, Err(OAuthError::InvalidGrant)), "{elsewhere:?}");
    assert!(matches!(impostor, Err(OAuthError::InvalidClient)), "{impostor:?}");
    assert!(program.exchanges(&program.request(&code)).await.is_ok());
}

#[tokio::test]
async fn a_program_gets_a_token_for_itself() {
    let app = TestApp::start().await;
    let program = Program::registers(&app).await;

    let request = TokenRequest {
        grant_type: "client_credentials".to_owned(),
        client: program.client.clone(),
        ..TokenRequest::default()
    };
    let grant = program.exchanges(&request).await.unwrap();

    let mut conn = app.services().db.read().await.unwrap();
    let access = token::find(app.services(), &mut conn, &grant.access_token).await.unwrap().unwrap();
    assert!(access.person.is_none());
    assert_eq!(access.scopes.to_string(), "read");
}

#[tokio::test]
async fn a_program_gives_back_its_own_tokens_only() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let (program, other) = (Program::registers(&app).await, Program::registers(&app).await);
    let code = program.code(&program.question(), ann.id).await;
    let token = program.exchanges(&program.request(&code)).await.unwrap().access_token;

    oauth::revoke(app.services(), &other.client, &token).await.unwrap();
    assert!(program.works(&token).await);

    oauth::revoke(app.services(), &program.client, &token).await.unwrap();
    assert!(!program.works(&token).await);
}

#[test]
fn a_program_may_show_who_it_is_in_a_header() {
    let client = Client::from_basic("Basic aWQ6c2VjcmV0OndpdGg6Y29sb25z").unwrap();

    assert_eq!((client.client_id.as_str(), client.client_secret.as_str()), ("id", "secret:with:colons"));
    assert!(Client::from_basic("Bearer aWQ6c2VjcmV0").is_none());
    assert!(Client::from_basic("Basic ???").is_none());
}
