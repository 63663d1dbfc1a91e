//! Somebody's filters, ready to hold posts against them. Words are found all at once, however many there are.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use super::manage;
use super::model::{Context, Filter, FilterView};
use crate::base::id::{AccountId, StatusId};
use crate::base::text::fold;
use crate::base::{Error, Millis, Result};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// The filters of one person.
#[derive(Debug, Default)]
pub struct Compiled {
    filters: Vec<Arc<Filter>>,
    patterns: Vec<Pattern>,
    automaton: Option<AhoCorasick>,
    statuses: BTreeMap<StatusId, Vec<usize>>,
}

#[derive(Debug)]
struct Pattern {
    /// Place of its filter.
    filter: usize,
    /// As it was typed.
    word: String,
    whole: bool,
}

/// That a filter found something in a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which filter.
    pub filter: Arc<Filter>,
    /// The words that it found.
    pub words: Vec<String>,
    /// The posts that it names and that are shown here.
    pub statuses: Vec<StatusId>,
}

/// Their name among what is remembered of a person.
const OWN: &str = "filters";

/// The filters of a person, from memory if they were read a moment ago.
///
/// # Errors
/// As the database.
pub async fn of(services: &Services, conn: &mut Conn, person: AccountId) -> Result<Arc<Compiled>> {
    if let Some(known) = services.caches.own(person.0, OWN)
        && let Ok(compiled) = known.downcast::<Compiled>()
    {
        return Ok(compiled);
    }
    let compiled = Arc::new(Compiled::new(&manage::list(conn, person).await?)?);
    services.caches.put_own(person.0, OWN, compiled.clone() as Arc<dyn Any + Send + Sync>);
    Ok(compiled)
}

/// After the commit the person's filters are read from the rows again.
pub(super) fn forget_after_commit(services: &Services, tx: &mut Tx, person: AccountId) {
    let services = services.clone();
    tx.after_commit(move || services.caches.forget_own(person.0, OWN));
}

impl Compiled {
    /// Gets ready.
    ///
    /// # Errors
    /// [`Error::Internal`] if the words are too many for memory, which their bounds forbid.
    pub fn new(views: &[FilterView]) -> Result<Self> {
        let mut compiled = Self::default();
        let mut folded = Vec::new();
        for (filter, view) in views.iter().enumerate() {
            compiled.filters.push(Arc::new(view.filter.clone()));
            for word in &view.words {
                folded.push(fold(&word.word));
                compiled.patterns.push(Pattern { filter, word: word.word.clone(), whole: word.whole });
            }
            for named in &view.statuses {
                compiled.statuses.entry(named.status_id).or_default().push(filter);
            }
        }
        if !folded.is_empty() {
            compiled.automaton = Some(AhoCorasick::new(&folded).map_err(Error::internal)?);
        }
        Ok(compiled)
    }

    /// Whether there is anything to find.
    pub fn is_empty(&self) -> bool {
        self.automaton.is_none() && self.statuses.is_empty()
    }

    /// What the filters that hold at `now` find in the `text` of the posts `ids`; with a `context`, only those that hold
    /// there.
    pub fn hits(&self, ids: &[StatusId], text: &str, context: Option<Context>, now: Millis) -> Vec<Hit> {
        let mut words: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        if let Some(automaton) = &self.automaton {
            let folded = fold(text);
            for found in automaton.find_overlapping_iter(&folded) {
                let place = found.pattern().as_usize();
                let pattern = &self.patterns[place];
                if !pattern.whole || stands_alone(&folded, found.start(), found.end()) {
                    words.entry(pattern.filter).or_default().insert(place);
                }
            }
        }
        let mut named: BTreeMap<usize, Vec<StatusId>> = BTreeMap::new();
        for id in ids {
            for filter in self.statuses.get(id).into_iter().flatten() {
                named.entry(*filter).or_default().push(*id);
            }
        }
        let found: BTreeSet<usize> = words.keys().chain(named.keys()).copied().collect();
        let holds = |filter: &Filter| {
            filter.is_active(now) && context.is_none_or(|context| filter.contexts.has(context))
        };
        found
            .into_iter()
            .filter(|place| holds(&self.filters[*place]))
            .map(|place| Hit {
                filter: Arc::clone(&self.filters[place]),
                words: words
                    .remove(&place)
                    .into_iter()
                    .flatten()
                    .map(|it| self.patterns[it].word.clone())
                    .collect(),
                statuses: named.remove(&place).unwrap_or_default(),
            })
            .collect()
    }
}

/// Whether no letter or digit continues what stands between these places. Where the word itself ends with another
/// sign, anything may follow.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let within = &text[start..end];
    let joined = |inside: Option<char>, outside: Option<char>| {
        inside.is_some_and(char::is_alphanumeric) && outside.is_some_and(char::is_alphanumeric)
    };
    !joined(within.chars().next(), text[..start].chars().next_back())
        && !joined(within.chars().next_back(), text[end..].chars().next())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::base::id::{FilterId, FilterStatusId, FilterWordId};
    use crate::domain::filters::model::{Action, Contexts, Named, Word};

    const NOW: Millis = Millis(1_767_323_045_000);

    fn filter(id: i64, contexts: &[Context], words: &[(&str, bool)]) -> FilterView {
        let word = |(number, (word, whole)): (usize, &(&str, bool))| Word {
            id: FilterWordId(number as i64),
            filter_id: FilterId(id),
            word: (*word).to_owned(),
            whole: *whole,
        };
        FilterView {
            filter: Filter {
                id: FilterId(id),
                account_id: AccountId(1),
                title: format!("filter {id}"),
                contexts: contexts.iter().copied().collect::<Contexts>(),
                action: Action::Warn,
                expires_at: None,
                deleted_at: None,
            },
            words: words.iter().enumerate().map(word).collect(),
            statuses: Vec::new(),
        }
    }

    fn found(views: &[FilterView], text: &str, context: Context) -> Vec<String> {
        let hits = Compiled::new(views).unwrap().hits(&[StatusId(9)], text, Some(context), NOW);
        hits.into_iter().flat_map(|hit| hit.words).collect()
    }

    #[test]
    fn a_whole_word_is_not_found_inside_another() {
        let views = [filter(1, &[Context::Home], &[("cat", true), ("dog", false)])];

        assert_eq!(found(&views, "The cat.", Context::Home), ["cat"]);
        assert_eq!(found(&views, "#Cat", Context::Home), ["cat"]);
        assert!(found(&views, "concatenate, cats", Context::Home).is_empty());
        assert_eq!(found(&views, "hotdogs", Context::Home), ["dog"]);
    }

    #[test]
    fn a_whole_word_that_ends_in_a_sign_is_found_before_anything() {
        let views = [filter(1, &[Context::Home], &[("c++", true)])];

        assert_eq!(found(&views, "I write C++17", Context::Home), ["c++"]);
        assert!(found(&views, "abc++", Context::Home).is_empty());
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        let views = [filter(1, &[Context::Home], &[("Cafe", true), ("STRASSE", true), ("über", false)])];

        assert_eq!(
            found(&views, "un café, eine Straße, Ubermut", Context::Home),
            ["Cafe", "STRASSE", "über"]
        );
    }

    #[test]
    fn a_filter_holds_where_and_as_long_as_it_says() {
        let mut views = [filter(1, &[Context::Home, Context::Thread], &[("cat", true)])];

        assert_eq!(found(&views, "cat", Context::Thread), ["cat"]);
        assert!(found(&views, "cat", Context::Public).is_empty());
        views[0].filter.expires_at = Some(NOW + Duration::from_secs(1));
        assert_eq!(found(&views, "cat", Context::Home), ["cat"]);
        views[0].filter.expires_at = Some(NOW);
        assert!(found(&views, "cat", Context::Home).is_empty());
    }

    #[test]
    fn several_filters_find_at_once_and_a_post_is_found_by_itself() {
        let mut views = [
            filter(1, &[Context::Home], &[("cat", true), ("cats", true)]),
            filter(2, &[Context::Home], &[("at", false)]),
            filter(3, &[Context::Home], &[]),
        ];
        views[2].statuses.push(Named {
            id: FilterStatusId(1),
            filter_id: FilterId(3),
            status_id: StatusId(9),
        });
        let compiled = Compiled::new(&views).unwrap();

        let hits = compiled.hits(&[StatusId(9)], "cat and cats", Some(Context::Home), NOW);

        let words: Vec<_> = hits.iter().map(|hit| hit.words.join("+")).collect();
        assert_eq!(words, ["cat+cats", "at", ""]);
        assert_eq!(hits[2].statuses, [StatusId(9)]);
        assert!(compiled.hits(&[StatusId(8)], "dog", None, NOW).is_empty());
    }
}
