//! Accounts as actors, and actors as accounts.

use url::Url;

use super::url;
use crate::activitystreams::actor::{ActorKind, Capability, Endpoints, Generator, Multikey, PublicKey};
use crate::activitystreams::object::{Image, PropertyValue};
use crate::activitystreams::{Actor, limits};
use crate::base::origin::INSTANCE_ACTOR;
use crate::base::text::{clean_line, sanitise};
use crate::base::{Error, Millis, Result};
use crate::domain::accounts::{self, Account, Field, Kind, NewAccount};
use crate::federation::keys::ActorKeys;
use crate::federation::origin::{host_of, require_same_origin, same_origin};
use crate::platform::crypto::{VerifyingKey, sha256};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// Keys read of one actor at most, as Mastodon.
const MOST_KEYS: usize = 10;

/// Other accounts that an actor names.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// Ids of the same person elsewhere.
    pub aliases: Vec<String>,
    /// Id of the account that stands for this one now.
    pub moved_to: Option<String>,
}

/// The other accounts that one of ours names.
pub async fn ties(conn: &mut Conn, account: &Account) -> Result<Ties> {
    let moved_to = match account.moved_to_id {
        Some(target) => accounts::store::list(conn, &[target]).await?.pop().map(|target| target.uri),
        None => None,
    };
    Ok(Ties { aliases: accounts::relocate::store::find_aliases(conn, account.id).await?, moved_to })
}

/// One of our accounts, as other sites see it.
pub fn to_wire(services: &Services, account: &Account, keys: &ActorKeys, ties: &Ties) -> Result<Actor> {
    let origin = &services.origin;
    let id = url(&account.uri)?;
    let is_site = account.id == INSTANCE_ACTOR;
    let collection = |name: &str| url(&origin.collection(&account.username, name)).map(Some);
    let picture = |name: &str, key: &Option<String>| picture_of(services, account, name, key.as_deref());
    Ok(Actor {
        kind: kind_to_wire(account.kind),
        preferred_username: account.username.clone(),
        name: Some(name_of(services, account)),
        summary: Some(account.note.clone()),
        url: Some(url(&account.url)?),
        inbox: url(&account.inbox)?,
        outbox: collection("outbox")?.filter(|_| !is_site),
        followers: collection("followers")?.filter(|_| !is_site),
        following: collection("following")?.filter(|_| !is_site),
        featured: collection("featured")?.filter(|_| !is_site),
        endpoints: Some(Endpoints { shared_inbox: Some(url(&origin.shared_inbox())?) }),
        public_key: vec![PublicKey {
            id: url(keys.rsa().key_id)?,
            owner: id.clone(),
            public_key_pem: keys.rsa().pair.public_pem().map_err(Error::internal)?,
        }],
        assertion_method: vec![Multikey {
            id: url(keys.ed25519().key_id)?,
            controller: id.clone(),
            public_key_multibase: keys.ed25519().pair.public_multibase().unwrap_or_default(),
        }],
        icon: picture("avatar", &account.avatar_key)?,
        image: picture("header", &account.header_key)?,
        attachment: account.fields().into_iter().map(field_to_wire).collect(),
        manually_approves_followers: account.locked,
        discoverable: Some(account.discoverable),
        indexable: Some(account.indexable).filter(|_| !is_site),
        also_known_as: ties.aliases.iter().map(|uri| url(uri)).collect::<Result<_>>()?,
        moved_to: ties.moved_to.as_deref().map(url).transpose()?,
        published: Some(account.created_at),
        updated: Some(account.updated_at),
        webfinger: Some(format!("{}@{}", account.username, origin.host())),
        generator: Some(Generator { implements: capabilities()? }),
        implements: if is_site { capabilities()? } else { Vec::new() },
        organisation: if is_site { Some(url(&origin.organisation())?) } else { None },
        site_name: is_site.then(|| services.config.site.name.clone()),
        site_colour: is_site.then(|| services.config.site.colour.to_string()),
        id,
    })
}

/// What we do that others may want to know before they speak with us.
fn capabilities() -> Result<Vec<Capability>> {
    let known = [
        (Capability::RFC_9421, "RFC-9421: HTTP Message Signatures"),
        (Capability::RFC_9421_ED25519, "RFC-9421 signatures using the Ed25519 algorithm"),
    ];
    known
        .map(|(href, name)| Ok(Capability { href: url(href)?, name: Some(name.to_owned()) }))
        .into_iter()
        .collect()
}

/// A site is called what its configuration says now, a person what they say.
fn name_of(services: &Services, account: &Account) -> String {
    if account.id == INSTANCE_ACTOR { services.config.site.name.clone() } else { account.name().to_owned() }
}

/// What another site says of an actor, with everything that it may not say left out or refused.
pub fn from_wire(actor: &Actor, now: Millis) -> Result<NewAccount> {
    let host = host_of(&actor.id).ok_or(Error::invalid("id", "is not the address of an actor"))?;
    require_same_origin("inbox", &actor.inbox, &actor.id)?;
    let username = &actor.preferred_username;
    // As Mastodon, only what everybody can type and tell apart: a letter of another alphabet looks like one of this.
    let odd = |c: char| !c.is_ascii_graphic() || matches!(c, '@' | '/' | '?' | '#' | '<' | '>' | '"' | '\\');
    if username.is_empty() || username.chars().count() > limits::USERNAME || username.contains(odd) {
        return Err(Error::invalid("preferredUsername", "is not a name that a handle can have"));
    }
    let own = |url: Option<&Url>| url.filter(|url| same_origin(url, &actor.id)).map(Url::to_string);
    let picture =
        |image: &Option<Image>| image.as_ref().and_then(|image| image.url.as_ref()).map(Url::to_string);
    Ok(NewAccount {
        username: username.clone(),
        host,
        kind: kind_from_wire(actor.kind),
        uri: actor.id.to_string(),
        url: actor.url.as_ref().unwrap_or(&actor.id).to_string(),
        display_name: clean_line(actor.name.as_deref().unwrap_or_default(), limits::DISPLAY_NAME),
        note: sanitise(limits::cut(actor.summary.as_deref().unwrap_or_default(), limits::BIOGRAPHY))
            .into_string(),
        fields: actor.attachment.iter().take(limits::FIELDS).map(field_from_wire).collect(),
        avatar_url: picture(&actor.icon),
        header_url: picture(&actor.image),
        locked: actor.manually_approves_followers,
        discoverable: actor.discoverable.unwrap_or(true),
        inbox: actor.inbox.to_string(),
        shared_inbox: own(actor.shared_inbox()),
        outbox: own(actor.outbox.as_ref()),
        followers_uri: own(actor.followers.as_ref()),
        following_uri: own(actor.following.as_ref()),
        featured_uri: own(actor.featured.as_ref()),
        also_known_as: actor.also_known_as.iter().take(limits::ALIASES).map(Url::to_string).collect(),
        moved_to: actor.moved_to.as_ref().map(Url::to_string),
        indexable: actor.indexable.unwrap_or(false),
        created_at: actor.published.filter(|at| *at <= now).unwrap_or(now),
        keys: keys_from_wire(actor),
    })
}

/// Keys that are the actor's own and can be read: id, kind, text.
fn keys_from_wire(actor: &Actor) -> Vec<(String, String, String)> {
    let own = |id: &Url, owner: &Url| *owner == actor.id && same_origin(id, &actor.id);
    let pem = actor.public_key.iter().filter(|key| own(&key.id, &key.owner)).filter_map(|key| {
        VerifyingKey::from_pem(&key.public_key_pem).ok()?;
        Some((key.id.to_string(), "rsa".to_owned(), key.public_key_pem.clone()))
    });
    let multikeys =
        actor.assertion_method.iter().filter(|key| own(&key.id, &key.controller)).filter_map(|key| {
            VerifyingKey::from_multibase(&key.public_key_multibase).ok()?;
            Some((key.id.to_string(), "ed25519".to_owned(), key.public_key_multibase.clone()))
        });
    pem.take(MOST_KEYS).chain(multikeys.take(MOST_KEYS)).collect()
}

/// An address that changes with the picture, so that others notice.
fn picture_of(
    services: &Services,
    account: &Account,
    name: &str,
    key: Option<&str>,
) -> Result<Option<Image>> {
    let Some(key) = key else { return Ok(None) };
    let version = sha256(key.as_bytes()).to_hex();
    let path = format!("{}?v={}", services.origin.collection(&account.username, name), &version[..8]);
    Ok(Some(Image { media_type: None, url: Some(url(&path)?) }))
}

fn field_to_wire(field: Field) -> PropertyValue {
    PropertyValue { name: field.name, value: field.value }
}

fn field_from_wire(field: &PropertyValue) -> Field {
    Field {
        name: clean_line(&field.name, limits::FIELD),
        value: sanitise(limits::cut(&field.value, limits::FIELD)).into_string(),
    }
}

fn kind_to_wire(kind: Kind) -> ActorKind {
    match kind {
        Kind::Person => ActorKind::Person,
        Kind::Service => ActorKind::Service,
        Kind::Application => ActorKind::Application,
        Kind::Group => ActorKind::Group,
        Kind::Organization => ActorKind::Organization,
    }
}

fn kind_from_wire(kind: ActorKind) -> Kind {
    match kind {
        ActorKind::Person => Kind::Person,
        ActorKind::Service => Kind::Service,
        ActorKind::Application => Kind::Application,
        ActorKind::Group => Kind::Group,
        ActorKind::Organization => Kind::Organization,
    }
}
