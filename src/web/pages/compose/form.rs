//! From what a form sent to the words of the domain, and back into a form.

use crate::base::id::{AccountId, DraftId, MediaId};
use crate::base::text::Format;
use crate::base::{Error, Millis, Result};
use crate::domain::media;
use crate::domain::statuses::drafts::Form;
use crate::domain::statuses::{Visibility, Words};
use crate::platform::db::Conn;
use crate::web::consent;
use crate::web::form::Posted;
use crate::web::poll_fields;
use crate::web::state::Web;
use crate::web::views::{Composer, KeptImage};
use crate::web::visit::Member;

/// What was typed. Numbers that are none are passed over: words are kept, whatever else is wrong.
pub fn words(posted: &Posted, images: &[MediaId]) -> Words {
    Words {
        text: posted.get("text").replace("\r\n", "\n"),
        format: Format::Markdown.media_type().to_owned(),
        spoiler_text: posted.get("warning").trim().to_owned(),
        sensitive: posted.checked("sensitive"),
        language: posted.some("language").map(str::to_owned),
        visibility: Visibility::from_word(posted.get("reach")),
        in_reply_to: posted.id("reply").ok(),
        quote: posted.id("quote").ok(),
        edits: posted.id("edit").ok(),
        media: images.to_vec(),
        title: posted.get("title").to_owned(),
        poll: poll_fields::typed(posted).map(Into::into),
        policy: consent::policy(posted),
        app: None,
    }
}

/// Which form it is, and which draft it was opened with.
pub fn form(posted: &Posted) -> Form {
    let draft = posted.get("draft").split_once('.').and_then(|(id, version)| {
        let id: DraftId = id.parse().ok()?;
        Some((id, version.parse().ok()?))
    });
    Form { key: posted.some("once").unwrap_or_default().to_owned(), draft }
}

/// Puts words into a form.
pub async fn fill(conn: &mut Conn, me: AccountId, composer: &mut Composer, words: &Words) -> Result<()> {
    words.text.clone_into(&mut composer.text);
    words.spoiler_text.clone_into(&mut composer.warning);
    composer.language = words.language.clone().unwrap_or_default();
    if let Some(title) = &mut composer.title {
        words.title.clone_into(title);
    }
    if let (Some(fields), Some(question)) = (&mut composer.poll, &words.poll) {
        poll_fields::fill(fields, question);
    }
    composer.sensitive = words.sensitive;
    composer.open = !composer.warning.is_empty() || composer.sensitive;
    let chosen =
        words.visibility.map(Visibility::word).filter(|word| composer.reaches.iter().any(|r| r.key == *word));
    if let Some(reach) = chosen {
        reach.clone_into(&mut composer.reach);
    }
    for (rule, field) in
        [(&words.policy.reply, &mut composer.repliers), (&words.policy.quote, &mut composer.quoters)]
    {
        if let Some(word) = rule.as_ref().and_then(crate::domain::statuses::consent::Rule::word) {
            word.clone_into(field);
        }
    }
    show_kept(conn, me, composer, &words.media).await
}

/// Shows the uploads that the form has already.
pub async fn show_kept(
    conn: &mut Conn,
    me: AccountId,
    composer: &mut Composer,
    images: &[MediaId],
) -> Result<()> {
    let mut known = media::store::list(conn, images).await?;
    known.retain(|image| image.account_id == me);
    let all = composer.slots + composer.kept.len();
    composer.kept =
        images.iter().filter_map(|id| known.iter().find(|image| image.id == *id)).map(kept).collect();
    composer.slots = all.saturating_sub(composer.kept.len());
    Ok(())
}

/// An upload as a form shows it.
pub fn kept(image: &media::Media) -> KeptImage {
    let middle = image.focus_x == 0.0 && image.focus_y == 0.0;
    let focus = if middle { String::new() } else { format!("{:.2},{:.2}", image.focus_x, image.focus_y) };
    let has_picture = image.kind == "image" || image.preview_key.is_some();
    KeptImage {
        id: image.id,
        preview: if has_picture { format!("/media/{}/preview", image.id) } else { String::new() },
        name: image.name.clone(),
        alt: image.description.clone(),
        focus,
    }
}

/// The uploads that the form keeps, in order.
pub fn kept_images(posted: &Posted) -> Vec<MediaId> {
    let dropped: Vec<&str> = posted.all("drop").collect();
    posted.all("kept").filter(|id| !dropped.contains(id)).filter_map(|id| id.parse().ok()).collect()
}

/// Takes new files in and writes down what the kept ones show.
pub async fn upload(web: &Web, member: &Member, posted: &Posted, images: &mut Vec<MediaId>) -> Result<()> {
    let services = web.services();
    let foci: Vec<&str> = posted.all("kept_focus").collect();
    for (place, (id, description)) in posted.all("kept").zip(posted.all("kept_alt")).enumerate() {
        if let Ok(id) = id.parse()
            && images.contains(&id)
        {
            let focus = foci.get(place).and_then(|focus| point(focus));
            let details = media::Details { description: Some(description.to_owned()), focus };
            media::describe(services, member.id(), id, details).await?;
        }
    }
    for (file, description) in posted.sent("image").zip(posted.all("alt")) {
        if !file.bytes.is_empty() {
            let image = media::upload(services, member.id(), file.clone(), description).await?;
            images.push(image.id);
        }
    }
    Ok(())
}

/// As in `0.25,-0.5`.
fn point(text: &str) -> Option<(f64, f64)> {
    let (x, y) = text.split_once(',')?;
    Some((x.parse().ok()?, y.parse().ok()?))
}

/// When a form wants it posted: a time of day as `2026-11-24T09:00` in `later`, and in `zone` how many minutes the
/// clock on the wall is ahead of UTC. Without a script nobody knows that, and the page says that UTC is meant.
pub fn later(posted: &Posted) -> Result<Millis> {
    let wrong = || Error::invalid("scheduled_at", "must be a day and a time");
    let typed = posted.some("later").ok_or_else(wrong)?;
    let typed = typed.get(..16).ok_or_else(wrong)?;
    let there = Millis::from_rfc3339(&format!("{typed}:00Z")).ok_or_else(wrong)?;
    let zone: i64 = posted.get("zone").parse().unwrap_or(0);
    Ok(Millis(there.0 - zone.clamp(-1_440, 1_440) * 60_000))
}

/// A time as a form has it.
pub fn utc(at: Millis) -> String {
    at.to_rfc3339().get(..16).unwrap_or_default().to_owned()
}
