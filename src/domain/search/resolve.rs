//! Who and which site is meant: what was typed becomes something that can be asked for.

use super::document::{AUTHOR, HOST, LANGUAGE, TAG, TRAIT};
use super::query::{Problem, Query, Term, What, Why};
use super::store::{self, Fitting, Range};
use crate::base::id::{AccountId, IdMaker, StatusId};
use crate::base::text::fold;
use crate::base::{Millis, Result};
use crate::domain::{instance, organisation};
use crate::platform::db::Conn;
use crate::platform::db::words::{Clause, Words, mark};
use crate::platform::services::Services;

/// A post of another site has a number of the day after it was written, at the latest.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// What somebody has gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    Favourites,
    Bookmarks,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What the text must have.
    pub words: Words,
    /// Which numbers the posts may have.
    pub range: Range,
    /// What the posts must be.
    pub fitting: Fitting,
    /// Only among these.
    pub among: Option<Among>,
    /// Nothing can be found: nobody is called so, or there is no such site.
    pub nothing: bool,
    /// Parts that mean nobody and nowhere.
    pub problems: Vec<Problem>,
}

/// Finds out what is meant.
///
/// # Errors
/// As the database.
pub async fn resolve(
    services: &Services,
    conn: &mut Conn,
    reader: AccountId,
    query: &Query,
) -> Result<Asked> {
    let mut asked = Asked {
        words: Words::default(),
        range: Range { from: StatusId(0), to: StatusId(i64::MAX) },
        fitting: Fitting {
            from: Millis(i64::MIN),
            to: Millis(i64::MAX),
            except: None,
            wide: false,
            muted: false,
        },
        among: None,
        nothing: false,
        problems: query.problems.clone(),
    };
    let mut either = Either::default();
    for term in &query.terms {
        match &term.what {
            What::Words { words, open } => {
                asked.say(term.not, Clause::Phrase { words: words.clone(), open: *open });
            }
            What::Trait(it) => asked.say(term.not, any(TRAIT, &[it.word().to_owned()])),
            What::Tag(key) => asked.say(term.not, any(TAG, std::slice::from_ref(key))),
            What::Language(language) if term.not => {
                asked.say(true, any(LANGUAGE, std::slice::from_ref(language)));
            }
            What::Language(language) => either.languages.push(language.clone()),
            What::Time(time) => asked.limit(term.not, time),
            What::From(name) => {
                let people = people(services, conn, reader, name).await?;
                asked.fitting.muted |= !term.not;
                asked.one_of(term, people, &mut either.authors, (AUTHOR, Why::Nobody));
            }
            What::In(name) => match place(services, conn, name).await? {
                Place::Organisation if !term.not => asked.fitting.wide = true,
                Place::Among(among) if !term.not && asked.among.is_none_or(|other| other == among) => {
                    asked.among = Some(among);
                }
                Place::Site(hosts) => asked.one_of(term, hosts, &mut either.hosts, (HOST, Why::Nowhere)),
                Place::Organisation | Place::Among(_) => {
                    asked.problems.push(Problem { typed: term.typed.clone(), why: Why::Nowhere });
                }
            },
        }
    }
    for (kind, values) in [(AUTHOR, either.authors), (HOST, either.hosts), (LANGUAGE, either.languages)] {
        if !values.is_empty() {
            asked.say(false, any(kind, &values));
        }
    }
    asked.narrow_range();
    Ok(asked)
}

/// Of these a post has one only: two of them mean either.
#[derive(Default)]
struct Either {
    authors: Vec<String>,
    hosts: Vec<String>,
    languages: Vec<String>,
}

impl Asked {
    fn say(&mut self, not: bool, clause: Clause) {
        if not { self.words.none.push(clause) } else { self.words.all.push(clause) }
    }

    fn one_of(
        &mut self,
        term: &Term,
        found: Vec<String>,
        either: &mut Vec<String>,
        (kind, why): (char, Why),
    ) {
        if found.is_empty() {
            self.problems.push(Problem { typed: term.typed.clone(), why });
            self.nothing |= !term.not;
        } else if term.not {
            self.say(true, any(kind, &found));
        } else {
            either.extend(found);
        }
    }

    /// Times that overlap are one time. What was not written in a time was written before or after; only the ends of
    /// time can be said so.
    fn limit(&mut self, not: bool, time: &std::ops::Range<i64>) {
        let fitting = &mut self.fitting;
        match (not, time.start == i64::MIN, time.end == i64::MAX) {
            (false, ..) => {
                fitting.from = fitting.from.max(Millis(time.start));
                fitting.to = fitting.to.min(Millis(time.end));
            }
            (true, true, _) => fitting.from = fitting.from.max(Millis(time.end)),
            (true, _, true) => fitting.to = fitting.to.min(Millis(time.start)),
            (true, false, false) => fitting.except = Some((Millis(time.start), Millis(time.end))),
        }
    }

    fn narrow_range(&mut self) {
        if self.fitting.from.0 > 0 {
            self.range.from = IdMaker::floor(self.fitting.from);
        }
        let latest = self.fitting.to.0.saturating_add(DAY);
        if latest < 1 << 46 {
            self.range.to = IdMaker::floor(Millis(latest));
        }
    }
}

fn any(kind: char, values: &[String]) -> Clause {
    Clause::Any(values.iter().map(|value| mark(kind, value)).collect())
}

/// Everybody who is called so, by number: `me`, `ann` at any site, `ann@sales` or `ann@sales.example.org`.
async fn people(services: &Services, conn: &mut Conn, reader: AccountId, name: &str) -> Result<Vec<String>> {
    if name == "me" {
        return Ok(vec![reader.to_string()]);
    }
    let (username, host) = name.split_once('@').unwrap_or((name, ""));
    let is_there = |found: &str| match host {
        "" => true,
        host if host == services.origin.host() => found.is_empty(),
        host => found == host || found.strip_prefix(host).is_some_and(|rest| rest.starts_with('.')),
    };
    let found = store::list_by_username(conn, username).await?;
    Ok(found.into_iter().filter(|(_, found)| is_there(found)).map(|(id, _)| id.to_string()).collect())
}

enum Place {
    Organisation,
    Among(Among),
    /// Hosts; ours is empty.
    Site(Vec<String>),
}

async fn place(services: &Services, conn: &mut Conn, name: &str) -> Result<Place> {
    let wanted = fold(name);
    match wanted.as_str() {
        "site" | "here" | "hier" => return Ok(Place::Site(vec![String::new()])),
        "organisation" | "organization" => return Ok(Place::Organisation),
        "favourites" | "favorites" | "likes" | "favoriten" => return Ok(Place::Among(Among::Favourites)),
        "bookmarks" | "lesezeichen" => return Ok(Place::Among(Among::Bookmarks)),
        _ => {}
    }
    let own = fold(&instance::about::name(services, conn).await?);
    let mut hosts = Vec::new();
    if wanted == own || wanted == services.origin.host() {
        hosts.push(String::new());
    }
    let peers = organisation::store::list(conn).await?;
    hosts.extend(
        peers
            .into_iter()
            .filter(|peer| fold(&peer.name) == wanted || peer.host == wanted)
            .map(|peer| peer.host),
    );
    if hosts.is_empty() && wanted.contains('.') && store::is_known_host(conn, &wanted).await? {
        hosts.push(wanted);
    }
    Ok(Place::Site(hosts))
}
