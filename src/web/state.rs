//! What every page has at hand: the services, the templates, the names of the other sites.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use moka::sync::Cache;

use super::assets::Assets;
use super::templates::{Templates, View};
use super::theme::{self, Colour};
use super::views::{Composer, Nav, RailEntry, Shell, Site, SiteChip, Viewer};
use super::visit::Visit;
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::lists::{self, PinKind, Pinned};
use crate::domain::statuses::{Status, Visibility};
use crate::domain::{instance, moderation, notifications, organisation};
use crate::platform::caches::KnownPeers;
use crate::platform::crypto;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// How long a deleted post can be written again.
const WORDS_FOR: Duration = Duration::from_hours(1);
/// More unread notifications than this are shown as "99+".
const MOST_UNREAD: i64 = 100;

/// What every page has at hand. Clones share it.
#[derive(Clone)]
pub struct Web(Arc<Parts>);

struct Parts {
    services: Services,
    templates: Templates,
    assets: Arc<Assets>,
    sites: Cache<(), Arc<Sites>>,
    words: Cache<(AccountId, String), Arc<Words>>,
}

/// What a deleted post said, for as long as somebody may want to write it again.
#[derive(Debug)]
pub struct Words {
    text: String,
    warning: String,
    language: String,
    reach: Visibility,
    reply_to: Option<StatusId>,
}

impl Words {
    /// Into a form.
    pub fn put_into(&self, composer: &mut Composer) {
        self.text.clone_into(&mut composer.text);
        self.warning.clone_into(&mut composer.warning);
        self.language.clone_into(&mut composer.language);
        self.reach.word().clone_into(&mut composer.reach);
        composer.reply_to = self.reply_to;
        composer.open = !self.warning.is_empty();
    }
}

/// Names and colours of the other sites.
#[derive(Debug)]
pub struct Sites {
    known: KnownPeers,
    /// What more than one site is called, this one included; in lower case.
    shared_names: HashSet<String>,
    members: Vec<SiteChip>,
    sheet: String,
    version: String,
}

impl Sites {
    /// `own` is what this site is called.
    fn new(accent: Colour, known: &KnownPeers, own: &str) -> Self {
        let mut colours: Vec<_> = known
            .iter()
            .map(|(host, peer)| (host.clone(), Colour::chosen_or_own(&peer.colour, host)))
            .collect();
        colours.sort_by(|(a, _), (b, _)| a.cmp(b));
        let sheet = theme::sheet(accent, &colours);
        let mut sites = Self {
            members: Vec::new(),
            shared_names: shared(std::iter::once(own).chain(known.values().map(|peer| peer.name.as_str()))),
            version: crypto::sha256(sheet.as_bytes()).to_hex()[..12].to_owned(),
            sheet,
            known: Arc::clone(known),
        };
        let members = known.iter().filter(|(_, peer)| peer.accepted && !peer.blocked);
        sites.members = members.filter_map(|(host, _)| sites.chip(host)).collect();
        sites.members.sort_by(|a, b| a.name.cmp(&b.name));
        sites
    }

    /// The chip of a site; empty host: this site, which has none. Where another site has the same name, the host stands
    /// behind it.
    pub fn chip(&self, host: &str) -> Option<SiteChip> {
        let name = self.known.get(host).map(|peer| peer.name.trim()).filter(|name| !name.is_empty());
        let name = match name {
            Some(name) if self.shared_names.contains(&name.to_lowercase()) => format!("{name} ({host})"),
            Some(name) => name.to_owned(),
            None => host.to_owned(),
        };
        (!host.is_empty()).then(|| SiteChip { name, host: host.to_owned() })
    }

    /// The sites of the organisation, without this one.
    pub fn members(&self) -> &[SiteChip] {
        &self.members
    }

    /// The style sheet with the colours.
    pub fn sheet(&self) -> &str {
        &self.sheet
    }
}

/// What somebody put into the rail, as links.
fn rail(pinned: &[Pinned]) -> Vec<RailEntry> {
    let key = |name: &str| url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>();
    let entry = |pinned: &Pinned| match pinned.kind {
        PinKind::List => {
            RailEntry { icon: "list", title: pinned.title.clone(), href: format!("/lists/{}", pinned.target) }
        }
        PinKind::Tag => RailEntry {
            icon: "hash",
            title: pinned.title.trim_start_matches('#').to_owned(),
            href: format!("/tags/{}", key(&pinned.target)),
        },
    };
    pinned.iter().map(entry).collect()
}

/// The names that are given more than once, in lower case.
fn shared<'a>(names: impl Iterator<Item = &'a str>) -> HashSet<String> {
    let mut once = HashSet::new();
    names.map(|name| name.trim().to_lowercase()).filter(|name| !once.insert(name.clone())).collect()
}

impl Web {
    /// Compiles nothing, reads the assets.
    pub fn new(services: Services) -> Self {
        let assets = Arc::new(Assets::load());
        Self(Arc::new(Parts {
            templates: Templates::new(&assets, &services.words),
            services,
            assets,
            sites: Cache::builder().max_capacity(1).build(),
            words: Cache::builder().max_capacity(1_000).time_to_live(WORDS_FOR).build(),
        }))
    }

    /// The services.
    pub fn services(&self) -> &Services {
        &self.0.services
    }

    /// Style, script, fonts, icons.
    pub fn assets(&self) -> &Assets {
        &self.0.assets
    }

    /// This site's colour.
    pub fn accent(&self) -> Colour {
        let site = &self.services().config.site;
        Colour::chosen_or_own(&site.colour.to_string(), self.services().origin.host())
    }

    /// Names and colours of the other sites.
    pub async fn sites(&self, conn: &mut Conn) -> Result<Arc<Sites>> {
        let known = organisation::known(self.services(), conn).await?;
        if let Some(sites) = self.0.sites.get(&()).filter(|sites| Arc::ptr_eq(&sites.known, &known)) {
            return Ok(sites);
        }
        let own = instance::about(self.services(), conn).await?.name;
        let sites = Arc::new(Sites::new(self.accent(), &known, &own));
        self.0.sites.insert((), Arc::clone(&sites));
        Ok(sites)
    }

    /// Keeps what a deleted post said; the token finds it again.
    pub fn keep_words(&self, author: AccountId, status: &Status) -> String {
        let words = Words {
            text: status.source.clone(),
            warning: status.spoiler_text.clone(),
            language: status.language.clone().unwrap_or_default(),
            reach: status.visibility,
            reply_to: status.in_reply_to_id,
        };
        let token = self.services().random.short_id();
        self.0.words.insert((author, token.clone()), Arc::new(words));
        token
    }

    /// What a deleted post of this person said.
    pub fn kept_words(&self, author: AccountId, token: &str) -> Option<Arc<Words>> {
        self.0.words.get(&(author, token.to_owned()))
    }

    /// The page as an answer.
    ///
    /// # Errors
    /// As the database; [`crate::base::Error::Internal`] if template and view do not fit.
    pub async fn page<V: View>(
        &self,
        conn: &mut Conn,
        visit: &Visit,
        nav: Nav,
        view: &V,
    ) -> Result<Response> {
        let shell = self.shell(conn, visit, nav).await?;
        let html = self.0.templates.render(&shell, view)?;
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "private, no-cache"),
            (header::VARY, "Accept, Accept-Language, Cookie"),
        ];
        Ok((StatusCode::OK, headers, html).into_response())
    }

    /// A part of a page, for a script that puts it in: the template stands alone, without the layout.
    ///
    /// # Errors
    /// As [`Web::page`].
    pub async fn fragment<V: View>(&self, conn: &mut Conn, visit: &Visit, view: &V) -> Result<Response> {
        let shell = self.shell(conn, visit, Nav::Elsewhere).await?;
        let html = self.0.templates.render(&shell, view)?;
        let headers =
            [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
        Ok((StatusCode::OK, headers, html).into_response())
    }

    async fn shell(&self, conn: &mut Conn, visit: &Visit, nav: Nav) -> Result<Shell> {
        let services = self.services();
        let sites = self.sites(conn).await?;
        let site = &services.config.site;
        let viewer = match &visit.signed {
            Some(signed) => Some(Viewer {
                person: visit.lens(self, &sites).person(&signed.account),
                csrf: signed.csrf.clone(),
                rail: rail(&lists::pins::of(services, conn, signed.account.id).await?),
                unread: notifications::store::count_unread(conn, signed.account.id, MOST_UNREAD).await?,
                moderator: signed.is_moderator(),
                admin: signed.is_admin(),
                open_reports: if signed.is_moderator() {
                    moderation::desk::count_open(conn, signed.account.id).await?
                } else {
                    0
                },
            }),
            None => None,
        };
        Ok(Shell {
            language: visit.language,
            direction: visit.language.direction(),
            look: visit.look,
            text: visit.text_size(),
            still: visit.signed.as_ref().is_some_and(|signed| signed.settings.still),
            site: Site {
                name: visit.about.name.clone(),
                host: services.origin.host().to_owned(),
                description: visit.about.description.clone(),
            },
            viewer,
            nav,
            flash: visit.flash.clone(),
            here: visit.here.clone(),
            theme: format!("/theme.css?v={}", sites.version),
            source: site.source_url.to_string(),
            version: env!("CARGO_PKG_VERSION"),
        })
    }
}
