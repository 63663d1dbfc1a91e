//! Finding people that this site knows, by what somebody types.

use super::index::store::{self, Wanted};
use super::index::{AT, FIELD, SPEAKS};
use crate::base::Result;
use crate::base::id::AccountId;
use crate::base::text::{is_dense, words_asked};
use crate::platform::db::Conn;
use crate::platform::db::words::{Clause, Words, mark};

/// What people are looked for by.
#[derive(Clone, Debug, Default)]
pub struct PeopleQuery {
    /// Words of the name, the handle, or what they say of themselves; each may go on. `ann@sales` names a site.
    pub text: String,
    /// Words of the lines of the profile.
    pub field: String,
    /// A language that they say to speak.
    pub speaks: String,
    /// Only of this site; empty: of ours.
    pub host: Option<String>,
    /// Only whom the reader follows.
    pub followed: bool,
}

impl PeopleQuery {
    /// Whether it asks for no word, so that all are meant.
    pub fn is_open(&self) -> bool {
        [&self.text, &self.field, &self.speaks].iter().all(|text| words_asked(text).is_empty())
    }

    fn words(&self) -> Words {
        let (names, site) =
            self.text.trim().trim_start_matches('@').split_once('@').unwrap_or((&self.text, ""));
        let mut all: Vec<Clause> = names.split_whitespace().filter_map(begun).collect();
        for (kind, text) in [(AT, site), (FIELD, &self.field), (SPEAKS, &self.speaks)] {
            let marked = |word: String| Clause::Phrase { words: vec![mark(kind, &word)], open: true };
            all.extend(words_asked(text).into_iter().map(marked));
        }
        Words { all, none: Vec::new() }
    }
}

/// A word that may go on.
fn begun(text: &str) -> Option<Clause> {
    let words = words_asked(text);
    let last = words.last()?;
    let open = !last.contains(is_dense) || last.chars().count() == 1;
    Some(Clause::Phrase { words, open })
}

/// People by what is asked for; all of them, by name, if it asks for no word. Whom our moderators limited only their
/// followers find.
///
/// # Errors
/// As the database.
pub async fn find(
    conn: &mut Conn,
    reader: Option<AccountId>,
    query: &PeopleQuery,
    (limit, offset): (i64, i64),
) -> Result<Vec<AccountId>> {
    let mut wanted = Wanted {
        reader,
        host: query.host.as_deref(),
        followed: query.followed,
        discoverable: false,
        limit,
        offset,
    };
    if query.is_open() {
        wanted.discoverable = !query.followed;
        return if query.text.trim().is_empty() { store::list(conn, &wanted).await } else { Ok(Vec::new()) };
    }
    let handle = query.text.trim().trim_start_matches('@').to_lowercase();
    let handle = handle.split('@').next().unwrap_or_default();
    store::find(conn, &query.words(), handle, &wanted).await
}

/// People whose name or handle begins with `query`, or who say it of themselves.
///
/// # Errors
/// As the database.
pub async fn search(
    conn: &mut Conn,
    reader: Option<AccountId>,
    query: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<AccountId>> {
    let query = PeopleQuery { text: query.to_owned(), ..PeopleQuery::default() };
    if query.is_open() {
        return Ok(Vec::new());
    }
    find(conn, reader, &query, (limit, offset)).await
}
