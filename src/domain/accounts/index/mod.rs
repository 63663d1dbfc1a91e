//! The words under which people are found: their names, their handle, and what they say of themselves.

pub mod store;

use super::model::{Account, Field, Kind};
use crate::base::Result;
use crate::base::id::AccountId;
use crate::base::text::{fold, to_plain, words_of};
use crate::platform::db::Conn;
use crate::platform::db::words::{compose, mark};

/// Marks the words of the site in a handle.
pub const AT: char = 'h';
/// Marks the words of the lines of a profile.
pub const FIELD: char = 'f';
/// Marks the languages that somebody says to speak.
pub const SPEAKS: char = 's';

/// Marks whoever says anything of languages.
pub const SPEAKING: char = 'y';

/// What a line of a profile is called that says which languages somebody speaks, folded.
const LANGUAGES: &[&str] = &[
    "language",
    "languages",
    "speaks",
    "sprache",
    "sprachen",
    "spricht",
    "langues",
    "langue",
    "idiomas",
    "lingue",
    "jezyki",
    "talen",
];

/// At most so many words of a profile are kept.
const WORDS: usize = 2_000;

/// Writes the words of an account anew; of one that is gone or no person, takes them away.
///
/// # Errors
/// As the database.
pub async fn write(conn: &mut Conn, id: AccountId) -> Result<()> {
    let Some(account) = super::store::list(conn, &[id]).await?.pop() else { return Ok(()) };
    if account.deleted_at.is_some() || account.kind == Kind::Application || account.id.0 <= 0 {
        return store::delete(conn, id).await;
    }
    store::upsert(conn, &account, &name_key(&account), &body(&account)).await
}

/// By which a list by name is sorted.
fn name_key(account: &Account) -> String {
    let folded = fold(account.name());
    let key: String =
        folded.trim_start_matches(|letter: char| !letter.is_alphanumeric()).chars().take(100).collect();
    if key.is_empty() { account.username.to_lowercase() } else { key }
}

fn body(account: &Account) -> String {
    let fields = account.fields();
    let mut parts = vec![
        words_of(&account.username),
        words_of(&account.display_name),
        words_of(&to_plain(&account.note)),
    ];
    let mut marks: Vec<String> = words_of(&account.host).iter().map(|word| mark(AT, word)).collect();
    for Field { name, value } in &fields {
        let name = words_of(&to_plain(name));
        let value = words_of(&to_plain(value));
        marks.extend(name.iter().chain(&value).map(|word| mark(FIELD, word)));
        if name.len() == 1 && LANGUAGES.contains(&name[0].as_str()) {
            marks.extend(value.iter().map(|word| mark(SPEAKS, word)));
            marks.push(mark(SPEAKING, ""));
        }
        parts.push(name);
        parts.push(value);
    }
    let mut left = WORDS;
    for part in parts.iter_mut().chain([&mut marks]) {
        part.truncate(left);
        left -= part.len();
    }
    compose(parts, &marks)
}

/// The languages that somebody says to speak, as written.
pub fn languages(account: &Account) -> Vec<String> {
    let is_said = |field: &&Field| LANGUAGES.contains(&fold(to_plain(&field.name).trim()).as_str());
    let of = |field: Field| {
        let value = to_plain(&field.value);
        value.split([',', ';', '/', '·', '|']).map(|one| one.trim().to_owned()).collect::<Vec<_>>()
    };
    let fields = account.fields();
    let said: Vec<Field> = fields.iter().filter(is_said).cloned().collect();
    said.into_iter().flat_map(of).filter(|one| !one.is_empty()).collect()
}
