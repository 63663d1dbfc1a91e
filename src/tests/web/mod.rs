//! The pages, as a browser without scripts sees them.

mod compose;
mod consent;
mod desk;
mod door;
mod drafts;
mod leaving;
mod live;
mod moving;
mod names;
mod people;
mod polls;
mod reading;
mod safety;
mod search;
mod settings;
mod sites;
mod ties;
mod uploads;

use breezeway::base::id::{AccountId, StatusId};
use breezeway::domain::auth::{self, NewPerson, Role};
use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::testing::{Browser, TestApp};

const PASSWORD: &str = "a long enough secret";

/// Somebody with an account, at a browser that is signed in.
struct Reader {
    id: AccountId,
    browser: Browser,
}

async fn member(app: &TestApp, name: &str) -> Reader {
    with_role(app, name, Role::Member).await
}

async fn with_role(app: &TestApp, name: &str, role: Role) -> Reader {
    let person = NewPerson {
        username: name.to_owned(),
        email: format!("{name}@example.org"),
        password: PASSWORD.to_owned(),
        display_name: String::new(),
        role,
    };
    let account = auth::create(app.services(), person).await.unwrap();
    let browser = Browser::new(app.url("/"));
    let answer = browser.post("/sign-in", &[("login", name), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    Reader { id: account.id, browser }
}

async fn post(app: &TestApp, author: AccountId, text: &str, visibility: Visibility) -> StatusId {
    let draft = Draft { text: text.to_owned(), visibility: Some(visibility), ..Draft::default() };
    statuses::create(app.services(), author, draft).await.unwrap()
}

impl Reader {
    async fn sees(&self, path: &str) -> String {
        let answer = self.browser.open(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }
}
