//! Making, changing and throwing away a filter.

#![expect(clippy::option_option, reason = "not said, for ever, and for a while are three answers")]

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::super::entities::Filter;
use super::super::error::ApiResult;
use super::super::params::{Params, blank_is_none};
use super::super::path::Id;
use super::super::viewer::Viewer;
use crate::base::id::{FilterId, FilterWordId};
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::filters::{self, Action, Change, Context, Contexts, NewFilter, WordChange};
use crate::platform::services::Services;

/// What a filter is to be.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Form {
    title: Option<String>,
    context: Option<Vec<String>>,
    filter_action: Option<String>,
    #[serde(deserialize_with = "said")]
    expires_in: Option<Option<u64>>,
    keywords_attributes: Vec<Keyword>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "Mastodon's names")]
struct Keyword {
    id: Option<FilterWordId>,
    keyword: Option<String>,
    whole_word: Option<bool>,
    #[serde(rename = "_destroy")]
    destroy: bool,
}

/// Tells "for ever" (blank) from nothing said.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<Option<u64>>, D::Error> {
    blank_is_none(deserializer).map(Some)
}

impl Form {
    fn contexts(&self) -> Result<Option<Contexts>> {
        let read = |word: &String| {
            let problem = || Error::invalid("context", format!("has no place called {word:?}"));
            Context::from_word(word).ok_or_else(problem)
        };
        let all = |words: &Vec<String>| words.iter().map(read).collect::<Result<Contexts>>();
        self.context.as_ref().map(all).transpose()
    }

    fn action(&self) -> Result<Option<Action>> {
        let read = |word: &String| {
            let problem = "must be one of warn, hide";
            Action::from_word(word).ok_or_else(|| Error::invalid("filter_action", problem))
        };
        self.filter_action.as_ref().filter(|word| !word.is_empty()).map(read).transpose()
    }

    fn expires_in(&self) -> Option<Option<Duration>> {
        self.expires_in.map(|seconds| seconds.map(Duration::from_secs))
    }
}

impl Keyword {
    fn change(self) -> WordChange {
        match self.id {
            Some(id) if self.destroy => WordChange::Remove(id),
            Some(id) => WordChange::Set(id, self.keyword, self.whole_word),
            None => WordChange::Add(self.keyword.unwrap_or_default(), self.whole_word.unwrap_or(true)),
        }
    }
}

/// `POST /api/v2/filters` · <https://docs.joinmastodon.org/methods/filters/#create>
pub async fn create(
    State(services): State<Services>,
    viewer: Viewer,
    Params(form): Params<Form>,
) -> ApiResult<Json<Filter>> {
    viewer.require(Scope::WriteFilters)?;
    let new = NewFilter {
        contexts: form.contexts()?.unwrap_or_default(),
        action: form.action()?.unwrap_or_default(),
        expires_in: form.expires_in().flatten(),
        words: form
            .keywords_attributes
            .into_iter()
            .map(|word| (word.keyword.unwrap_or_default(), word.whole_word.unwrap_or(true)))
            .collect(),
        title: form.title.unwrap_or_default(),
    };
    Ok(Json(Filter::from(&filters::create(&services, viewer.account.id, new).await?)))
}

/// `PUT /api/v2/filters/{id}` · <https://docs.joinmastodon.org/methods/filters/#update>
pub async fn change(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterId>,
    Params(form): Params<Form>,
) -> ApiResult<Json<Filter>> {
    viewer.require(Scope::WriteFilters)?;
    let change = Change {
        contexts: form.contexts()?,
        action: form.action()?,
        expires_in: form.expires_in(),
        words: form.keywords_attributes.into_iter().map(Keyword::change).collect(),
        title: form.title,
    };
    Ok(Json(Filter::from(&filters::change(&services, viewer.account.id, id, change).await?)))
}

/// `DELETE /api/v2/filters/{id}` · <https://docs.joinmastodon.org/methods/filters/#delete>
pub async fn delete(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteFilters)?;
    filters::delete(&services, viewer.account.id, id).await?;
    Ok(Json(json!({})))
}
