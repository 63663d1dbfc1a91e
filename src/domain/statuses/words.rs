//! What was typed, as it is kept until it is posted: by drafts and by planned posts.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::consent::Policy;
use super::create::Draft;
use super::model::Visibility;
use super::poll::NewPoll;
use crate::base::id::{MediaId, OAuthAppId, StatusId};
use crate::base::text::Format;

/// What was typed. Nothing of it is checked: half a poll and too many words are words all the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// The text.
    pub text: String,
    /// How to read it, as a media type.
    pub format: String,
    /// Content warning.
    pub spoiler_text: String,
    /// Cover media at first.
    pub sensitive: bool,
    /// As in `en`.
    pub language: Option<String>,
    /// Who will see it.
    pub visibility: Option<Visibility>,
    /// What it answers.
    pub in_reply_to: Option<StatusId>,
    /// What it quotes.
    pub quote: Option<StatusId>,
    /// The own post that it is to change.
    pub edits: Option<StatusId>,
    /// Attachments, in order.
    pub media: Vec<MediaId>,
    /// What it is called.
    pub title: String,
    /// What it asks.
    pub poll: Option<Question>,
    /// Who may do what with it.
    pub policy: Policy,
    /// The program it was typed in.
    pub app: Option<OAuthAppId>,
}

/// What a poll asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    /// What to choose from.
    pub options: Vec<String>,
    /// How long it runs, in seconds.
    pub seconds: u64,
    /// Several options may be chosen.
    pub multiple: bool,
    /// Nobody sees the figures before the end.
    pub hide_totals: bool,
}

impl Words {
    /// Whether there is nothing in it that somebody would miss.
    pub fn is_blank(&self) -> bool {
        let asked =
            self.poll.as_ref().is_some_and(|poll| poll.options.iter().any(|text| !text.trim().is_empty()));
        [&self.text, &self.spoiler_text, &self.title].into_iter().all(|text| text.trim().is_empty())
            && self.media.is_empty()
            && !asked
    }

    /// What it is written for: `new`, `reply:ID`, `quote:ID` or `edit:ID`.
    pub fn place(&self) -> String {
        match (self.edits, self.in_reply_to, self.quote) {
            (Some(id), _, _) => format!("edit:{id}"),
            (None, Some(id), _) => format!("reply:{id}"),
            (None, None, Some(id)) => format!("quote:{id}"),
            (None, None, None) => "new".to_owned(),
        }
    }

    /// As a post that is to be written.
    pub fn into_draft(self) -> Draft {
        Draft {
            text: self.text,
            format: Format::from_media_type(&self.format),
            spoiler_text: self.spoiler_text,
            sensitive: self.sensitive,
            language: self.language,
            visibility: self.visibility,
            in_reply_to: self.in_reply_to,
            media: self.media,
            title: self.title,
            poll: self.poll.map(Into::into),
            app: self.app,
            idempotency_key: None,
            quote: self.quote,
            policy: self.policy,
        }
    }
}

impl From<Draft> for Words {
    fn from(draft: Draft) -> Self {
        Self {
            text: draft.text,
            format: draft.format.media_type().to_owned(),
            spoiler_text: draft.spoiler_text,
            sensitive: draft.sensitive,
            language: draft.language,
            visibility: draft.visibility,
            in_reply_to: draft.in_reply_to,
            quote: draft.quote,
            edits: None,
            media: draft.media,
            title: draft.title,
            poll: draft.poll.map(Into::into),
            policy: draft.policy,
            app: draft.app,
        }
    }
}

impl From<NewPoll> for Question {
    fn from(poll: NewPoll) -> Self {
        Self {
            options: poll.options,
            seconds: poll.expires_in.as_secs(),
            multiple: poll.multiple,
            hide_totals: poll.hide_totals,
        }
    }
}

impl From<Question> for NewPoll {
    fn from(question: Question) -> Self {
        Self {
            options: question.options,
            expires_in: Duration::from_secs(question.seconds),
            multiple: question.multiple,
            hide_totals: question.hide_totals,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_the_same_after_it_was_kept() {
        let draft = Draft {
            text: "**hello**".to_owned(),
            format: Format::Markdown,
            spoiler_text: "long".to_owned(),
            language: Some("de".to_owned()),
            visibility: Some(Visibility::Site),
            in_reply_to: Some(StatusId(7)),
            media: vec![MediaId(3), MediaId(1)],
            poll: Some(NewPoll {
                options: vec!["yes".to_owned(), String::new()],
                expires_in: Duration::from_hours(1),
                multiple: true,
                hide_totals: false,
            }),
            ..Draft::default()
        };
        let words = Words::from(draft.clone());

        let kept = serde_json::to_string(&words).expect("json");
        let again: Words = serde_json::from_str(&kept).expect("words");

        assert_eq!(again, words);
        let after = again.into_draft();
        assert_eq!((after.text, after.format, after.media), (draft.text, draft.format, draft.media));
        assert_eq!((after.poll, after.visibility), (draft.poll, draft.visibility));
    }

    #[test]
    fn blanks_are_nothing_that_somebody_would_miss() {
        let question = Question { options: vec![" ".to_owned()], ..Question::default() };
        let blank = Words { text: " \n".to_owned(), poll: Some(question), ..Words::default() };

        assert!(blank.is_blank());
        assert!(!Words { media: vec![MediaId(1)], ..blank.clone() }.is_blank());
        assert!(!Words { title: "Agenda".to_owned(), ..blank }.is_blank());
    }

    #[test]
    fn an_edit_of_a_reply_is_an_edit() {
        let words = Words { in_reply_to: Some(StatusId(5)), edits: Some(StatusId(9)), ..Words::default() };

        assert_eq!(words.place(), "edit:9");
        assert_eq!(Words { edits: None, ..words }.place(), "reply:5");
        assert_eq!(Words::default().place(), "new");
    }
}
