//! The text under which a post is found: its words, and marks of who wrote it, where, in which language, with what.

use std::collections::HashMap;

use super::query::Trait;
use super::store;
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::base::text::{to_plain, words_of};
use crate::domain::media::{self, Media};
use crate::domain::statuses::extras::Extras;
use crate::domain::statuses::{self, Status, Visibility};
use crate::platform::db::Conn;
use crate::platform::db::words::{compose, mark};

/// Marks the author, by number.
pub const AUTHOR: char = 'a';
/// Marks the site; ours has no name.
pub const HOST: char = 'h';
/// Marks the language.
pub const LANGUAGE: char = 'l';
/// Marks a hashtag, by its key.
pub const TAG: char = 't';
/// Marks what a post has or is.
pub const TRAIT: char = 'x';

/// At most so many words of a post are kept.
const WORDS: usize = 6_000;

/// Writes the words of posts, new or changed; reposts have none. Doing it twice is the same as doing it once.
///
/// # Errors
/// As the database.
pub async fn write(conn: &mut Conn, statuses: &[Status]) -> Result<()> {
    let statuses: Vec<&Status> = statuses.iter().filter(|status| status.reblog_of_id.is_none()).collect();
    if statuses.is_empty() {
        return Ok(());
    }
    let parts = Parts::load(conn, &statuses).await?;
    let rows = statuses.iter().map(|status| (status.id, parts.compose(status))).collect();
    store::upsert(conn, rows).await
}

/// What hangs on a set of posts.
struct Parts {
    hosts: HashMap<AccountId, String>,
    media: HashMap<StatusId, Vec<Media>>,
    tags: HashMap<StatusId, Vec<String>>,
    more: HashMap<StatusId, Vec<String>>,
    quoting: Vec<StatusId>,
}

impl Parts {
    async fn load(conn: &mut Conn, statuses: &[&Status]) -> Result<Self> {
        let ids: Vec<StatusId> = statuses.iter().map(|status| status.id).collect();
        let authors: Vec<AccountId> = statuses.iter().map(|status| status.account_id).collect();
        let mut parts = Self {
            hosts: store::list_hosts(conn, &authors).await?.into_iter().collect(),
            media: HashMap::new(),
            tags: HashMap::new(),
            more: HashMap::new(),
            quoting: store::list_quoting_among(conn, &ids).await?,
        };
        for item in media::store::list_of_statuses(conn, &ids).await? {
            if let Some(status) = item.status_id {
                parts.media.entry(status).or_default().push(item);
            }
        }
        for (status, key, _) in statuses::store::list_tags(conn, &ids).await? {
            parts.tags.entry(status).or_default().push(key);
        }
        let having = |extras| -> Vec<StatusId> {
            statuses.iter().filter(|status| status.extras.has(extras)).map(|status| status.id).collect()
        };
        let (titled, asking) = (having(Extras::TITLE), having(Extras::POLL));
        if !titled.is_empty() {
            for (status, title) in statuses::store::list_titles(conn, &titled).await? {
                parts.more.entry(status).or_default().push(title.text);
            }
        }
        if !asking.is_empty() {
            for option in statuses::store::list_poll_options(conn, &asking).await? {
                parts.more.entry(option.status_id).or_default().push(option.title);
            }
        }
        Ok(parts)
    }

    fn compose(&self, status: &Status) -> String {
        let media = self.media.get(&status.id).map_or(&[][..], Vec::as_slice);
        let tags = self.tags.get(&status.id).map_or(&[][..], Vec::as_slice);
        let more = self.more.get(&status.id).map_or(&[][..], Vec::as_slice);
        let mut words = vec![words_of(&status.spoiler_text), words_of(&to_plain(&status.content))];
        words.extend(more.iter().map(|text| words_of(text)));
        words.extend(media.iter().map(|item| words_of(&item.description)));
        let mut left = WORDS;
        for part in &mut words {
            part.truncate(left);
            left -= part.len();
        }
        let host = self.hosts.get(&status.account_id).map_or("", String::as_str);
        let mut marks = vec![mark(AUTHOR, &status.account_id.to_string()), mark(HOST, host)];
        marks.extend(status.language.iter().map(|language| mark(LANGUAGE, language)));
        marks.extend(tags.iter().map(|tag| mark(TAG, tag)));
        marks.extend(
            traits(status, media, self.quoting.contains(&status.id)).map(|it| mark(TRAIT, it.word())),
        );
        compose(words, &marks)
    }
}

fn traits(status: &Status, media: &[Media], is_quoting: bool) -> impl Iterator<Item = Trait> {
    let has_kind = |kind: &str| media.iter().any(|item| item.kind == kind);
    let is_other = |item: &Media| !matches!(item.kind.as_str(), "image" | "video" | "audio" | "gifv");
    [
        (Trait::Media, !media.is_empty()),
        (Trait::Image, has_kind("image")),
        (Trait::Video, has_kind("video") || has_kind("gifv")),
        (Trait::Audio, has_kind("audio")),
        (Trait::File, media.iter().any(is_other)),
        (Trait::Poll, status.extras.has(Extras::POLL)),
        (Trait::Title, status.extras.has(Extras::TITLE)),
        (Trait::Link, has_link(&status.content)),
        (Trait::Quote, is_quoting),
        (Trait::Warning, !status.spoiler_text.trim().is_empty()),
        (Trait::Reply, status.in_reply_to_uri.is_some() || status.in_reply_to_id.is_some()),
        (Trait::Edited, status.edited_at.is_some()),
        (Trait::Sensitive, status.sensitive),
        (Trait::Direct, status.visibility == Visibility::Direct),
        (Trait::Private, status.visibility == Visibility::Private),
    ]
    .into_iter()
    .filter_map(|(it, has)| has.then_some(it))
}

/// A link that leads neither to a person nor to a hashtag.
fn has_link(html: &str) -> bool {
    html.split("<a ")
        .skip(1)
        .filter_map(|after| after.split('>').next())
        .any(|tag| !tag.contains("mention") && !tag.contains("hashtag") && !tag.contains("rel=\"tag"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_no_link() {
        assert!(!has_link(
            r#"<p><span class="h-card"><a href="https://a/@b" class="u-url mention">@b</a></span> <a class="mention hashtag" rel="tag" href="/t">#t</a></p>"#
        ));
        assert!(has_link(r#"<p>see <a href="https://example.org/" rel="nofollow">example.org</a></p>"#));
        assert!(!has_link("<p>plain <b>text</b></p>"));
    }
}
