//! What an export holds: the profile, the posts with their media, and tables in Mastodon's form that another site takes.

use std::collections::HashMap;

use futures::TryStreamExt;
use serde_json::{Value, json};

use super::csv::write_row;
use super::pack::Packer;
use super::store::owned::{self, Tied};
use crate::base::clock::Millis;
use crate::base::id::{AccountId, ListId, StatusId};
use crate::base::{Error, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::auth;
use crate::domain::media::{self, Media};
use crate::domain::statuses::{self, Status, Title};
use crate::platform::blobs::BlobKey;
use crate::platform::services::Services;

/// Rows read at once.
const PAGE: i64 = 200;

/// What the file says about itself.
const READ_ME: &str = "\
This file holds what you have on this site.

profile.json            your profile and how you set things up
posts.json              your posts, the oldest first, as you typed them
media/                  pictures, films, sounds and files of your posts, and of your profile
following_accounts.csv  whom you follow
followers.csv           who follows you
muted_accounts.csv      whom you muted
blocked_accounts.csv    whom you blocked
lists.csv               your lists, and who is on them
bookmarks.csv           addresses of what you bookmarked
likes.csv, reposts.csv  addresses of what you liked and reposted

The tables are those of Mastodon: another site takes them under Settings, Data.
";

/// Puts everything of a person into the package. Reads in pages, each on a connection of its own, so that nobody waits.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account.
pub async fn collect(services: &Services, id: AccountId, packer: &mut Packer) -> Result<()> {
    let mut conn = services.db.read().await?;
    let account = accounts::store::get_present(&mut conn, id).await?;
    drop(conn);
    packer.file("README.txt", true).await?;
    packer.write(READ_ME).await?;
    profile(services, &account, packer).await?;
    posts(services, id, packer).await?;
    ties(services, id, packer).await?;
    lists(services, id, packer).await?;
    addresses(services, id, packer).await
}

async fn profile(services: &Services, account: &Account, packer: &mut Packer) -> Result<()> {
    let mut conn = services.db.read().await?;
    let user = auth::store::get(&mut conn, account.id).await?;
    let aliases = accounts::relocate::store::find_aliases(&mut conn, account.id).await?;
    drop(conn);
    let picture = |key: &Option<String>, name: &str| key.as_deref().map(|key| file_name(name, key));
    let (avatar, header) = (picture(&account.avatar_key, "avatar"), picture(&account.header_key, "header"));
    let json = json!({
        "address": address(services, &account.username, &account.host),
        "url": account.url,
        "name": account.display_name,
        "about": account.note_source,
        "fields": account.fields(),
        "email": user.email,
        "role": user.role.word(),
        "joined": account.created_at.to_rfc3339(),
        "asks_before_follows": account.locked,
        "listed": account.discoverable,
        "found_by_search": account.indexable,
        "posts_begin": {
            "reach": user.default_visibility,
            "sensitive": user.default_sensitive,
            "language": user.default_language,
        },
        "settings": user.settings,
        "other_accounts": aliases,
        "avatar": avatar,
        "header": header,
    });
    packer.file("profile.json", true).await?;
    packer.write(serde_json::to_vec_pretty(&json)?).await?;
    for (name, key) in [(avatar, &account.avatar_key), (header, &account.header_key)] {
        if let (Some(name), Some(key)) = (name, key) {
            copy(services, &name, key, packer).await?;
        }
    }
    Ok(())
}

/// Twice through the posts: what they say is one file, their media follow.
async fn posts(services: &Services, id: AccountId, packer: &mut Packer) -> Result<()> {
    packer.file("posts.json", true).await?;
    packer.write("[").await?;
    let mut first = true;
    let mut after = StatusId::default();
    loop {
        let (page, media, titles) = read_page(services, id, after).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for status in &page {
            let own: Vec<&Media> = media.iter().filter(|media| media.status_id == Some(status.id)).collect();
            let json = serde_json::to_string_pretty(&post(status, &own, titles.get(&status.id)))?;
            packer.write(format!("{}{json}", if first { "\n" } else { ",\n" })).await?;
            first = false;
        }
    }
    packer.write("\n]\n").await?;
    after = StatusId::default();
    loop {
        let (page, media, _) = read_page(services, id, after).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for media in media {
            if let Some(key) = &media.blob_key {
                copy(services, &file_name(&media.id.to_string(), key), key, packer).await?;
            }
        }
    }
}

async fn read_page(
    services: &Services,
    id: AccountId,
    after: StatusId,
) -> Result<(Vec<Status>, Vec<Media>, HashMap<StatusId, Title>)> {
    let mut conn = services.db.read().await?;
    let ids = owned::list_posts(&mut conn, id, after, PAGE).await?;
    if ids.is_empty() {
        return Ok((Vec::new(), Vec::new(), HashMap::new()));
    }
    let mut page = statuses::store::list(&mut conn, &ids).await?;
    page.sort_by_key(|status| status.id);
    let media = media::store::list_of_statuses(&mut conn, &ids).await?;
    let titles = statuses::store::list_titles(&mut conn, &ids).await?;
    Ok((page, media, titles.into_iter().collect()))
}

fn post(status: &Status, media: &[&Media], title: Option<&Title>) -> Value {
    let media: Vec<Value> = media
        .iter()
        .map(|media| {
            let name = media.blob_key.as_deref().map(|key| file_name(&media.id.to_string(), key));
            json!({ "file": name, "description": media.description, "kind": media.mime })
        })
        .collect();
    json!({
        "address": status.uri,
        "url": status.url,
        "written": status.created_at.to_rfc3339(),
        "edited": status.edited_at.map(Millis::to_rfc3339),
        "removed_by_moderators": status.removed_at.map(Millis::to_rfc3339),
        "reach": status.visibility.word(),
        "title": title.map(|title| &title.text),
        "content_warning": status.spoiler_text,
        "sensitive": status.sensitive,
        "language": status.language,
        "answers": status.in_reply_to_uri,
        "typed": status.source,
        "typed_as": status.source_type,
        "html": status.content,
        "media": media,
    })
}

/// `media/17.jpg`.
fn file_name(name: &str, key: &str) -> String {
    let extension = key.rsplit_once('.').map_or("bin", |(_, extension)| extension);
    format!("media/{name}.{extension}")
}

/// A file that is gone meanwhile is left out.
async fn copy(services: &Services, name: &str, key: &str, packer: &mut Packer) -> Result<()> {
    let Ok(blob) = key.parse::<BlobKey>() else { return Ok(()) };
    let reading = match services.blobs.stream(&blob).await {
        Err(Error::NotFound { .. }) => return Ok(()),
        other => other?,
    };
    packer.file(name, false).await?;
    let mut pieces = reading.into_stream();
    while let Some(piece) = pieces.try_next().await.map_err(Error::internal)? {
        packer.write(piece).await?;
    }
    Ok(())
}

fn address(services: &Services, username: &str, host: &str) -> String {
    let host = if host.is_empty() { services.origin.host() } else { host };
    format!("{username}@{host}")
}

#[derive(Clone, Copy)]
enum Tie {
    Following,
    Followers,
    Muted,
    Blocked,
}

async fn ties(services: &Services, id: AccountId, packer: &mut Packer) -> Result<()> {
    let follows = &["Account address", "Show boosts", "Notify on new posts", "Languages"][..];
    let tables = [
        (Tie::Following, "following_accounts.csv", follows),
        (Tie::Followers, "followers.csv", &["Account address"]),
        (Tie::Muted, "muted_accounts.csv", &["Account address", "Hide notifications"]),
        // As Mastodon: without names above the columns.
        (Tie::Blocked, "blocked_accounts.csv", &[]),
    ];
    for (tie, name, head) in tables {
        packer.file(name, true).await?;
        let mut text = String::new();
        if !head.is_empty() {
            write_row(&mut text, head.iter().copied());
        }
        packer.write(text).await?;
        let mut after = AccountId(i64::MIN);
        loop {
            let page = read_ties(services, tie, id, after).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            packer.write(page.iter().map(|tied| row(services, tie, tied)).collect::<String>()).await?;
        }
    }
    Ok(())
}

async fn read_ties(services: &Services, tie: Tie, id: AccountId, after: AccountId) -> Result<Vec<Tied>> {
    let mut conn = services.db.read().await?;
    match tie {
        Tie::Following => owned::list_following(&mut conn, id, after, PAGE).await,
        Tie::Followers => owned::list_followers(&mut conn, id, after, PAGE).await,
        Tie::Muted => owned::list_muted(&mut conn, id, after, PAGE).await,
        Tie::Blocked => owned::list_blocked(&mut conn, id, after, PAGE).await,
    }
}

fn row(services: &Services, tie: Tie, tied: &Tied) -> String {
    let who = address(services, &tied.username, &tied.host);
    let word = |yes: bool| if yes { "true" } else { "false" };
    let mut text = String::new();
    match tie {
        Tie::Following => write_row(
            &mut text,
            [who.as_str(), word(tied.first), word(tied.second), languages(tied).as_str()],
        ),
        Tie::Muted => write_row(&mut text, [who.as_str(), word(tied.first)]),
        Tie::Followers | Tie::Blocked => write_row(&mut text, [who.as_str()]),
    }
    text
}

/// As in `de, en`.
fn languages(tied: &Tied) -> String {
    let languages = tied.languages.as_deref().map(serde_json::from_str::<Vec<String>>);
    languages.and_then(std::result::Result::ok).unwrap_or_default().join(", ")
}

async fn lists(services: &Services, id: AccountId, packer: &mut Packer) -> Result<()> {
    packer.file("lists.csv", true).await?;
    let mut after = (ListId::default(), AccountId(i64::MIN));
    loop {
        let mut conn = services.db.read().await?;
        let page = owned::list_members(&mut conn, id, after, PAGE).await?;
        drop(conn);
        let Some(last) = page.last() else { return Ok(()) };
        after = (last.list_id, last.id);
        let mut text = String::new();
        for member in &page {
            let who = address(services, &member.username, &member.host);
            write_row(&mut text, [member.title.as_str(), who.as_str()]);
        }
        packer.write(text).await?;
    }
}

async fn addresses(services: &Services, id: AccountId, packer: &mut Packer) -> Result<()> {
    for name in ["likes.csv", "reposts.csv", "bookmarks.csv"] {
        packer.file(name, true).await?;
        let mut after = StatusId::default();
        loop {
            let mut conn = services.db.read().await?;
            let page = match name {
                "likes.csv" => owned::list_likes(&mut conn, id, after, PAGE).await?,
                "reposts.csv" => owned::list_reposts(&mut conn, id, after, PAGE).await?,
                _ => owned::list_bookmarks(&mut conn, id, after, PAGE).await?,
            };
            drop(conn);
            let Some((last, _)) = page.last() else { break };
            after = *last;
            let mut text = String::new();
            for (_, uri) in &page {
                write_row(&mut text, [uri.as_str()]);
            }
            packer.write(text).await?;
        }
    }
    Ok(())
}
