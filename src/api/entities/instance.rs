//! The site about itself. Source: <https://docs.joinmastodon.org/entities/Instance/>

use serde::Serialize;
use serde_json::{Value, json};

use super::Account;
use crate::base::config::{Config, FederationMode};
use crate::domain::instance::about::About;
use crate::domain::media::sniff::file_mimes;
use crate::domain::statuses::poll;
use crate::platform::ffmpeg::{Container, MAX_PIXELS};
use crate::platform::images;
use crate::platform::services::Services;

/// The level of Mastodon's API that is spoken here, and who speaks.
const VERSION: &str = concat!("4.3.0 (compatible; Breezeway ", env!("CARGO_PKG_VERSION"), ")");
/// `api_versions.mastodon` of Mastodon 4.3.
const API_VERSION: u32 = 2;

/// What a site says about itself, beside its configuration.
#[derive(Clone, Debug)]
pub struct InstanceFacts {
    /// What the site says of itself.
    pub about: About,
    /// People who can sign in.
    pub users: i64,
    /// Those of them seen within a month.
    pub active_month: i64,
    /// Posts written here.
    pub statuses: i64,
    /// Sites in the organisation.
    pub peers: i64,
    /// Whom to ask.
    pub contact: Option<Account>,
}

/// Version 2.
#[derive(Clone, Debug, Serialize)]
pub struct Instance {
    pub domain: String,
    pub title: String,
    pub version: &'static str,
    pub source_url: String,
    pub description: String,
    pub usage: Value,
    pub thumbnail: Value,
    pub icon: [(); 0],
    pub languages: [&'static str; 1],
    pub configuration: Value,
    pub registrations: Value,
    pub api_versions: Value,
    pub contact: Value,
    pub rules: Vec<Rule>,
}

/// Version 1. Source: <https://docs.joinmastodon.org/entities/V1_Instance/>
#[derive(Clone, Debug, Serialize)]
pub struct InstanceV1 {
    pub uri: String,
    pub title: String,
    pub short_description: String,
    pub description: String,
    pub email: String,
    pub version: &'static str,
    pub urls: Value,
    pub stats: Value,
    pub thumbnail: Option<String>,
    pub languages: [&'static str; 1],
    pub registrations: bool,
    pub approval_required: bool,
    pub invites_enabled: bool,
    pub configuration: Value,
    pub contact_account: Option<Account>,
    pub rules: Vec<Rule>,
}

/// A rule of the site. Source: <https://docs.joinmastodon.org/entities/Rule/>
#[derive(Clone, Debug, Serialize)]
pub struct Rule {
    pub id: String,
    pub text: String,
    pub hint: String,
}

impl Instance {
    /// From configuration and figures.
    pub fn new(services: &Services, facts: InstanceFacts) -> Self {
        let (config, origin) = (&services.config, &services.origin);
        let mut configuration = limits(services);
        configuration["urls"] = json!({
            "streaming": streaming(services),
            "status": null,
            "about": services.origin.at("/about"),
            "privacy_policy": null,
            "terms_of_service": null,
        });
        configuration["vapid"] = json!({ "public_key": "" });
        configuration["translation"] = json!({ "enabled": false });
        configuration["limited_federation"] = json!(config.federation.mode == FederationMode::Closed);
        configuration["timelines_access"] = timelines_access(config);
        Self {
            domain: origin.host().to_owned(),
            title: facts.about.name,
            version: VERSION,
            source_url: config.site.source_url.to_string(),
            description: facts.about.description,
            usage: json!({ "users": { "active_month": facts.active_month } }),
            thumbnail: json!({ "url": thumbnail(services), "blurhash": null, "versions": {} }),
            icon: [],
            languages: ["en"],
            configuration,
            registrations: json!({
                "enabled": false,
                "approval_required": false,
                "reason_required": false,
                "message": null,
                "min_age": null,
                "url": null,
            }),
            api_versions: json!({ "mastodon": API_VERSION }),
            contact: json!({ "email": config.site.contact, "account": facts.contact }),
            rules: Vec::new(),
        }
    }
}

impl InstanceV1 {
    /// From configuration and figures.
    pub fn new(services: &Services, facts: InstanceFacts) -> Self {
        let (config, origin) = (&services.config, &services.origin);
        Self {
            uri: origin.host().to_owned(),
            title: facts.about.name,
            short_description: facts.about.description.clone(),
            description: facts.about.description,
            email: config.site.contact.clone(),
            version: VERSION,
            urls: json!({ "streaming_api": streaming(services) }),
            stats: json!({
                "user_count": facts.users,
                "status_count": facts.statuses,
                "domain_count": facts.peers,
            }),
            thumbnail: Some(thumbnail(services)),
            languages: ["en"],
            registrations: false,
            approval_required: false,
            invites_enabled: true,
            configuration: limits(services),
            contact_account: facts.contact,
            rules: Vec::new(),
        }
    }
}

/// What both versions say of limits.
fn limits(services: &Services) -> Value {
    let config = &services.config;
    let limits = &config.limits;
    json!({
        "accounts": {
            "max_featured_tags": 0,
            "max_pinned_statuses": limits.pinned_posts,
            "max_profile_fields": 8,
            "profile_field_name_limit": 255,
            "profile_field_value_limit": 255,
        },
        "statuses": {
            "max_characters": limits.status_characters,
            "max_media_attachments": limits.attachments,
            "characters_reserved_per_url": 23,
            "supported_mime_types": ["text/plain", "text/markdown"],
        },
        "media_attachments": {
            "supported_mime_types": mimes(services),
            "description_limit": limits.description_characters,
            "image_size_limit": config.media.max_size.bytes(),
            "image_matrix_limit": config.media.max_pixels,
            "video_size_limit": if services.ffmpeg.is_there() { config.media.max_video_size.bytes() } else { 0 },
            "video_frame_rate_limit": 120,
            "video_matrix_limit": MAX_PIXELS,
        },
        "polls": {
            "max_options": limits.poll_options,
            "max_characters_per_option": poll::OPTION_CHARACTERS,
            "min_expiration": poll::SHORTEST.as_secs(),
            "max_expiration": poll::LONGEST.as_secs(),
        },
    })
}

/// What can be uploaded.
fn mimes(services: &Services) -> Vec<&'static str> {
    let playable = Container::MIMES.into_iter().filter(|_| services.ffmpeg.is_there());
    images::Kind::MIMES.into_iter().chain(playable).chain(file_mimes()).collect()
}

/// Who may read timelines: everybody, or only those who are signed in.
fn timelines_access(config: &Config) -> Value {
    let who = if config.site.open_to_web { "public" } else { "authenticated" };
    let both = json!({ "local": who, "remote": "authenticated" });
    json!({ "live_feeds": both, "hashtag_feeds": both, "trending_link_feeds": both })
}

fn streaming(services: &Services) -> String {
    services.origin.base().replacen("http", "ws", 1)
}

fn thumbnail(services: &Services) -> String {
    services.origin.at("/headers/original/missing.png")
}
