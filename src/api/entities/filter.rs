//! Filters, and what they find. Source: <https://docs.joinmastodon.org/entities/Filter/>

use serde::Serialize;

use crate::base::Millis;
use crate::base::id::{FilterId, FilterStatusId, FilterWordId, StatusId};
use crate::domain::filters::model::Named;
use crate::domain::filters::{self, Context, FilterView, Hit, Word};

/// A filter with its words and posts.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "Mastodon's names")]
pub struct Filter {
    pub id: FilterId,
    pub title: String,
    pub context: Vec<&'static str>,
    pub expires_at: Option<String>,
    pub filter_action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keywords: Option<Vec<FilterKeyword>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statuses: Option<Vec<FilterStatus>>,
}

/// A word. Source: <https://docs.joinmastodon.org/entities/FilterKeyword/>
#[derive(Clone, Debug, Serialize)]
pub struct FilterKeyword {
    pub id: FilterWordId,
    pub keyword: String,
    pub whole_word: bool,
}

/// A post. Source: <https://docs.joinmastodon.org/entities/FilterStatus/>
#[derive(Clone, Debug, Serialize)]
pub struct FilterStatus {
    pub id: FilterStatusId,
    pub status_id: StatusId,
}

/// What a filter found in a post. Source: <https://docs.joinmastodon.org/entities/FilterResult/>
#[derive(Clone, Debug, Serialize)]
pub struct FilterResult {
    pub filter: Filter,
    pub keyword_matches: Option<Vec<String>>,
    pub status_matches: Option<Vec<StatusId>>,
}

/// A filter as it was before there were several words in one. Source: <https://docs.joinmastodon.org/entities/V1_Filter/>
#[derive(Clone, Debug, Serialize)]
pub struct FilterV1 {
    pub id: FilterWordId,
    pub phrase: String,
    pub context: Vec<&'static str>,
    pub whole_word: bool,
    pub expires_at: Option<String>,
    pub irreversible: bool,
}

impl Filter {
    /// Without its words and posts.
    fn bare(filter: &filters::Filter) -> Self {
        Self {
            id: filter.id,
            title: filter.title.clone(),
            context: filter.contexts.each().map(Context::word).collect(),
            expires_at: filter.expires_at.map(Millis::to_rfc3339),
            filter_action: filter.action.word(),
            keywords: None,
            statuses: None,
        }
    }
}

impl From<&FilterView> for Filter {
    fn from(view: &FilterView) -> Self {
        Self {
            keywords: Some(view.words.iter().cloned().map(FilterKeyword::from).collect()),
            statuses: Some(view.statuses.iter().copied().map(FilterStatus::from).collect()),
            ..Self::bare(&view.filter)
        }
    }
}

impl From<Word> for FilterKeyword {
    fn from(word: Word) -> Self {
        Self { id: word.id, keyword: word.word, whole_word: word.whole }
    }
}

impl From<Named> for FilterStatus {
    fn from(named: Named) -> Self {
        Self { id: named.id, status_id: named.status_id }
    }
}

impl From<&Hit> for FilterResult {
    fn from(hit: &Hit) -> Self {
        Self {
            filter: Filter::bare(&hit.filter),
            keyword_matches: Some(hit.words.clone()).filter(|words| !words.is_empty()),
            status_matches: Some(hit.statuses.clone()).filter(|statuses| !statuses.is_empty()),
        }
    }
}

impl FilterV1 {
    /// One for each word.
    pub fn each(view: &FilterView) -> impl Iterator<Item = Self> + '_ {
        view.words.iter().map(|word| Self {
            id: word.id,
            phrase: word.word.clone(),
            context: view.filter.contexts.each().map(Context::word).collect(),
            whole_word: word.whole,
            expires_at: view.filter.expires_at.map(Millis::to_rfc3339),
            irreversible: view.filter.action == filters::Action::Hide,
        })
    }
}
