//! Somebody brings tables from another site: read at once, taken over line by line beside the requests.
//!
//! Who is meant by an address is not found out here, since that may ask another site; see `federation::imports`.

use std::time::Duration;

use super::csv;
use super::model::{Failure, Import, ImportKind, Line, Why};
use super::store::imports as store;
use crate::base::id::{AccountId, ImportId, StatusId};
use crate::base::{Error, Result};
use crate::domain::auth;
use crate::domain::follows::{self, follow::Wishes};
use crate::domain::lists::{self, NewList};
use crate::domain::statuses;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// What can be brought.
pub const KINDS: &[ImportKind] = &[
    ImportKind::Following,
    ImportKind::Lists,
    ImportKind::Muting,
    ImportKind::Blocking,
    ImportKind::Bookmarks,
];

/// The largest file, in bytes.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// The most lines of a file.
pub const MOST_LINES: usize = 5_000;

/// The most files of one person that are taken over at a time.
const AT_ONCE: i64 = 5;

/// After this without any progress, somebody else may go on: whoever was at it is gone.
pub const LEASE: Duration = Duration::from_mins(10);

/// The longest address of a line, in bytes.
const LONGEST: usize = 2_000;

/// Somebody brings a file. What it says is added to what there is; nothing is taken away.
///
/// # Errors
/// [`Error::Invalid`] if there is nothing in it, or too much, or it is no such table; [`Error::Conflict`] while too many
/// others are taken over; [`Error::NotFound`] if nobody signs in with this account.
pub async fn request(
    services: &Services,
    account: AccountId,
    kind: ImportKind,
    file: &[u8],
) -> Result<ImportId> {
    let lines = read(kind, file)?;
    begin(services, account, kind, lines).await
}

async fn begin(
    services: &Services,
    account: AccountId,
    kind: ImportKind,
    lines: Vec<Line>,
) -> Result<ImportId> {
    let mut tx = services.db.begin().await?;
    auth::store::get(&mut tx, account).await?;
    if store::count_unfinished(&mut tx, account).await? >= AT_ONCE {
        return Err(Error::conflict("other files are being taken over; wait until they are done"));
    }
    let import = Import {
        id: services.ids.next(),
        account_id: account,
        kind,
        lines: serde_json::to_string(&lines)?,
        total: lines.len() as i64,
        position: 0,
        failed: "[]".to_owned(),
        created_at: services.clock.now(),
        finished_at: None,
    };
    store::insert(&mut tx, &import).await?;
    tx.commit().await?;
    Ok(import.id)
}

/// What was not taken over is tried once more.
///
/// # Errors
/// [`Error::NotFound`] if there is nothing to try; else as [`request`].
pub async fn retry(services: &Services, account: AccountId, id: ImportId) -> Result<ImportId> {
    let mut conn = services.db.read().await?;
    let import = store::find(&mut conn, account, id).await?.ok_or(Error::not_found("import"))?;
    drop(conn);
    let lines: Vec<Line> = import.failures().into_iter().map(|failure| failure.line).collect();
    if lines.is_empty() || import.finished_at.is_none() {
        return Err(Error::not_found("import"));
    }
    let new = begin(services, account, import.kind, lines).await?;
    forget(services, account, id).await?;
    Ok(new)
}

/// What became of a file is no longer shown.
///
/// # Errors
/// [`Error::NotFound`] if there is none such that is done.
pub async fn forget(services: &Services, account: AccountId, id: ImportId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    if !store::delete(&mut tx, account, id).await? {
        return Err(Error::not_found("import"));
    }
    tx.commit().await
}

/// What somebody brought, the latest first.
///
/// # Errors
/// As the database.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Import>> {
    store::list(conn, account).await
}

/// One of it.
///
/// # Errors
/// [`Error::NotFound`] if there is none such.
pub async fn get(conn: &mut Conn, account: AccountId, id: ImportId) -> Result<Import> {
    store::find(conn, account, id).await?.ok_or(Error::not_found("import"))
}

/// Takes over what a line says of somebody who was found. Doing it twice is the same as doing it once.
///
/// # Errors
/// As the verb: [`Error::Forbidden`] where it may not be, [`Error::NotFound`] if they are gone.
pub async fn apply(services: &Services, import: &Import, line: &Line, target: AccountId) -> Result<()> {
    let account = import.account_id;
    match import.kind {
        ImportKind::Following => {
            let languages = Some(line.languages.clone()).filter(|languages| !languages.is_empty());
            let wishes = Wishes { reblogs: line.reposts, notify: line.notify, languages };
            follows::follow(services, account, target, wishes).await?;
        }
        ImportKind::Muting => {
            follows::mute(services, account, target, line.notifications.unwrap_or(true), None).await?;
        }
        ImportKind::Blocking => {
            follows::block(services, account, target).await?;
        }
        ImportKind::Lists => put_on_list(services, account, &line.list, target).await?,
        ImportKind::Bookmarks => return Err(Error::not_found("account")),
    }
    Ok(())
}

/// Takes over a bookmark of a post that was found.
///
/// # Errors
/// [`Error::NotFound`] if the person may not read it.
pub async fn keep(services: &Services, import: &Import, post: StatusId) -> Result<()> {
    statuses::bookmark(services, import.account_id, post).await
}

/// Whoever is on a list is followed. A list of that name is made if there is none.
async fn put_on_list(services: &Services, account: AccountId, name: &str, target: AccountId) -> Result<()> {
    let mut conn = services.db.read().await?;
    let follow = follows::store::find(&mut conn, account, target).await?;
    let own = lists::store::list(&mut conn, account).await?;
    drop(conn);
    if follow.is_none() {
        follows::follow(services, account, target, Wishes::default()).await?;
    }
    let list = if let Some(list) = own.into_iter().find(|list| list.title == name) {
        list
    } else {
        let new = NewList { title: name.to_owned(), ..NewList::default() };
        lists::create(services, account, new).await?
    };
    lists::add(services, account, list.id, &[target]).await
}

/// What went wrong with a line, for the person to read; an error if it is this site's fault and to be tried again.
///
/// # Errors
/// The error itself if it is internal.
pub fn why(error: Error) -> Result<Why> {
    match error {
        Error::NotFound { .. } | Error::Invalid { .. } => Ok(Why::Unknown),
        Error::PeerUnavailable { .. } | Error::RateLimited { .. } => Ok(Why::Unreachable),
        internal @ Error::Internal(_) => Err(internal),
        other => Ok(Why::Refused(other.to_string())),
    }
}

/// Takes up the file that waits longest, with its lines.
///
/// # Errors
/// As the database.
pub async fn take_next(services: &Services) -> Result<Option<(Import, Vec<Line>)>> {
    let now = services.clock.now();
    let Some(import) = store::find_due(&mut services.db.read().await?, now).await? else { return Ok(None) };
    let mut tx = services.db.begin().await?;
    let taken = store::update_taken(&mut tx, import.id, import.position, now, now + LEASE).await?;
    tx.commit().await?;
    let lines = serde_json::from_str(&import.lines).unwrap_or_default();
    Ok(taken.then_some((import, lines)))
}

/// Writes down how far a file came: the next line is due, or it is done.
///
/// # Errors
/// As the database.
pub async fn note(services: &Services, import: &mut Import, failure: Option<Failure>) -> Result<()> {
    let now = services.clock.now();
    import.position += 1;
    if let Some(failure) = failure {
        let mut failures = import.failures();
        failures.push(failure);
        import.failed = serde_json::to_string(&failures)?;
    }
    if import.position >= import.total {
        import.finished_at = Some(now);
    }
    let mut tx = services.db.begin().await?;
    store::update_progress(&mut tx, import, now + LEASE).await?;
    tx.commit().await
}

/// Reads a table of Mastodon, with the names of the columns above or without.
///
/// # Errors
/// [`Error::Invalid`] if there is nothing in it, or too much, or it is no such table.
pub fn read(kind: ImportKind, file: &[u8]) -> Result<Vec<Line>> {
    if file.len() > MOST_BYTES {
        return Err(Error::invalid("file", "is too large; it may have 2 MB"));
    }
    let text =
        std::str::from_utf8(file).map_err(|_| Error::invalid("file", "is no table of text (CSV, UTF-8)"))?;
    let mut rows = csv::read(text);
    let head = rows.first().filter(|row| is_head(row)).cloned();
    if head.is_some() {
        rows.remove(0);
    }
    if rows.len() > MOST_LINES {
        return Err(Error::invalid("file", "has too many lines; it may have 5000"));
    }
    let head = head.unwrap_or_default();
    let mut lines: Vec<Line> = Vec::new();
    for row in &rows {
        let line = line(kind, &head, row);
        if line.who.is_empty() || line.who.len() > LONGEST || !fits(kind, &line) {
            return Err(Error::invalid("file", "is no table of this kind"));
        }
        lines.push(line);
    }
    if lines.is_empty() {
        return Err(Error::invalid("file", "is empty"));
    }
    Ok(lines)
}

fn is_head(row: &[String]) -> bool {
    row.first().is_some_and(|cell| cell.trim().eq_ignore_ascii_case("account address"))
}

fn fits(kind: ImportKind, line: &Line) -> bool {
    match kind {
        ImportKind::Bookmarks => line.who.starts_with("https://") || line.who.starts_with("http://"),
        ImportKind::Lists => is_account(&line.who) && !line.list.is_empty() && line.list.len() <= LONGEST,
        _ => is_account(&line.who),
    }
}

fn is_account(who: &str) -> bool {
    !who.contains(char::is_whitespace)
        && !who.contains("//")
        && who.bytes().filter(|b| *b == b'@').count() <= 1
}

fn line(kind: ImportKind, head: &[String], row: &[String]) -> Line {
    let cell = |place: usize| row.get(place).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let named = |name: &str, usual: usize| {
        let place = head.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        if head.is_empty() { cell(usual) } else { place.and_then(cell) }
    };
    let yes = |text: Option<&str>| text.map(|text| text.eq_ignore_ascii_case("true") || text == "1");
    let account = |place: usize| cell(place).unwrap_or_default().trim_start_matches('@').to_owned();
    match kind {
        ImportKind::Following => Line {
            who: account(0),
            reposts: yes(named("show boosts", 1)),
            notify: yes(named("notify on new posts", 2)),
            languages: named("languages", 3)
                .map(|text| {
                    text.split(',')
                        .map(|code| code.trim().to_owned())
                        .filter(|code| !code.is_empty())
                        .collect()
                })
                .unwrap_or_default(),
            ..Line::default()
        },
        ImportKind::Muting => {
            Line { who: account(0), notifications: yes(named("hide notifications", 1)), ..Line::default() }
        }
        ImportKind::Blocking => Line { who: account(0), ..Line::default() },
        ImportKind::Lists => {
            Line { list: cell(0).unwrap_or_default().to_owned(), who: account(1), ..Line::default() }
        }
        ImportKind::Bookmarks => Line { who: cell(0).unwrap_or_default().to_owned(), ..Line::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_with_and_without_a_head() {
        let with = "Account address,Show boosts,Notify on new posts,Languages\n@ann@sales.example.org,false,true,\"de, en\"\n";
        let without = "ann@sales.example.org,false,true,\"de, en\"\n";

        let lines = read(ImportKind::Following, with.as_bytes()).unwrap();

        assert_eq!(lines, read(ImportKind::Following, without.as_bytes()).unwrap());
        let expected = Line {
            who: "ann@sales.example.org".to_owned(),
            reposts: Some(false),
            notify: Some(true),
            languages: vec!["de".to_owned(), "en".to_owned()],
            ..Line::default()
        };
        assert_eq!(lines, [expected]);
    }

    #[test]
    fn a_list_may_be_called_anything() {
        let lines = read(ImportKind::Lists, b"\"Sales, north\",ann@sales.example.org\n").unwrap();

        assert_eq!(lines[0].list, "Sales, north");
        assert_eq!(lines[0].who, "ann@sales.example.org");
    }

    #[test]
    fn what_is_no_such_table_is_refused() {
        for (kind, bad) in [
            (ImportKind::Following, &b""[..]),
            (ImportKind::Following, b"Account address\n"),
            (ImportKind::Following, b"\x89PNG\r\n\x1a\n"),
            (ImportKind::Following, b"<html>\n<p>two words</p>"),
            (ImportKind::Blocking, b"https://sales.example.org/users/ann"),
            (ImportKind::Bookmarks, b"ann@sales.example.org"),
            (ImportKind::Lists, b"ann@sales.example.org"),
        ] {
            assert!(read(kind, bad).is_err(), "{kind} {bad:?}");
        }
        assert!(read(ImportKind::Following, "a\n".repeat(MOST_LINES + 1).as_bytes()).is_err());
        assert!(read(ImportKind::Following, &vec![b'a'; MOST_BYTES + 1]).is_err());
    }
}
