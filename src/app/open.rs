//! Opens what a site consists of, without listening yet: the command line works on the same.

use std::path::Path;

use url::Url;

use super::StartError;
use crate::base::config::{Config, DatabaseTarget, FederationMode};
use crate::base::id::IdMaker;
use crate::base::origin::{INSTANCE_ACTOR, Origin};
use crate::base::words::Words;
use crate::base::{Clock, Error, Result};
use crate::domain::accounts::keys::NewKeys;
use crate::domain::accounts::{self, Kind, NewAccount};
use crate::domain::instance;
use crate::platform::blobs::Blobs;
use crate::platform::caches::Caches;
use crate::platform::crypto::{Passes, Random};
use crate::platform::db::{self, Db};
use crate::platform::ffmpeg::Ffmpeg;
use crate::platform::hub::Hub;
use crate::platform::images::Workshop;
use crate::platform::limiter::Limiter;
use crate::platform::mail::Mail;
use crate::platform::net::{Http, HttpOptions, NetPolicy, Proxy, Voice, count_certificates};
use crate::platform::services::{Parts, Services};

/// Where pictures and files are kept: the bucket, if there is one, else the folder.
fn blobs(config: &Config) -> Result<Blobs> {
    if config.media_s3.is_on() {
        Blobs::in_bucket(&config.media_s3)
    } else {
        Blobs::open(config.server.media_dir())
    }
}

/// How many passwords are hashed at once.
const PASSWORDS_AT_ONCE: usize = 4;

/// The setting that keeps the public address of the first start.
const ORIGIN: &str = "origin";

/// Opens the database, brings its tables up to date, and makes the site's own actor at the first time.
///
/// # Errors
/// [`StartError`], which says what to do.
pub async fn open(config: Config, clock: Clock, random: Random) -> std::result::Result<Services, StartError> {
    let services = prepare(config, clock, random).await?;
    make_first_keys(&services).await?;
    Ok(services)
}

/// As [`open`], but the keys of the site's own actor may still be missing: [`make_first_keys`] is yet to be called.
/// Making an RSA key takes long, and a site can answer meanwhile; what needs the keys waits for them.
///
/// # Errors
/// [`StartError`], which says what to do.
pub async fn prepare(
    config: Config,
    clock: Clock,
    random: Random,
) -> std::result::Result<Services, StartError> {
    let db = open_database(&config).await?;
    if let Err(source) = db.migrate().await {
        return Err(StartError::Migration { place: place(&config), source });
    }
    let ids = IdMaker::new(clock.clone(), 0);
    ids.start_above(instance::store::highest_id(&mut db.read().await?).await?);
    let services = Services::new(Parts {
        origin: Origin::new(&config.site.url),
        ids,
        blobs: blobs(&config)?,
        images: Workshop::new(&config.media),
        ffmpeg: Ffmpeg::find(&config.media, &config.server.media_dir()),
        passes: Passes::new(pass_secret(&db, &clock, &random).await?.as_bytes()),
        limiter: Limiter::new(&config.limits, &clock),
        mail: mail(&config)?,
        http: client(&config)?,
        // More than could be told meanwhile: numbers of an earlier run stay below.
        hub: Hub::starting_at((clock.now().0.max(0) as u64) << 12),
        caches: Caches::new(first_voice(&config)),
        words: Words::new(),
        db,
        clock,
        random,
        passwords: tokio::sync::Semaphore::new(PASSWORDS_AT_ONCE),
        first_keys: tokio::sync::SetOnce::new(),
        config,
    });
    remember_origin(&services).await?;
    ensure_instance_actor(&services).await?;
    Ok(services)
}

/// Only where a site was started (or its tables were made) there is one: commands make none by accident.
///
/// # Errors
/// [`StartError::NoSite`] where there is none; as [`open_database`].
pub async fn require_site(config: &Config) -> std::result::Result<(), StartError> {
    let there = match config.database.target(&config.server.data_dir) {
        DatabaseTarget::Sqlite(path) => path.is_file(),
        DatabaseTarget::Postgres(_) => {
            let db = open_database(config).await?;
            let found = origin_of(&db).await;
            db.close().await;
            found.is_ok()
        }
    };
    if there { Ok(()) } else { Err(StartError::NoSite { place: place(config) }) }
}

/// Opens the database as the configuration names it; makes the data folder if there is none.
///
/// # Errors
/// [`StartError`], which says what to do.
pub async fn open_database(config: &Config) -> std::result::Result<Db, StartError> {
    make_folder(&config.server.data_dir)?;
    let url = match config.database.target(&config.server.data_dir) {
        DatabaseTarget::Sqlite(path) => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                make_folder(folder)?;
            }
            format!("sqlite:{}", path.display())
        }
        DatabaseTarget::Postgres(url) => url.into_exposed(),
    };
    let options = db::Options {
        url,
        max_connections: config.database.connections,
        flush: config.database.flush_each_change,
    };
    Db::open(&options).await.map_err(|source| StartError::database(place(config), source))
}

/// What to call the database in a message: no password in it.
fn place(config: &Config) -> String {
    match (&config.database.url, config.database.target(&config.server.data_dir)) {
        (_, DatabaseTarget::Sqlite(path)) => path.display().to_string(),
        (Some(url), DatabaseTarget::Postgres(_)) => url.to_string(),
        (None, DatabaseTarget::Postgres(_)) => "PostgreSQL".to_owned(),
    }
}

/// Makes a folder that only the user of the process can read.
fn make_folder(path: &Path) -> std::result::Result<(), StartError> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| StartError::DataFolder { path: path.to_owned(), source })
}

/// A closed site's peers are likely to be of our kind; an open site meets everybody.
fn first_voice(config: &Config) -> Voice {
    match config.federation.mode {
        FederationMode::Closed => Voice::Rfc9421Ed25519,
        FederationMode::Open => Voice::CavageRsa,
    }
}

fn mail(config: &Config) -> std::result::Result<Mail, StartError> {
    let settings = &config.mail;
    let folder = if settings.folder.as_os_str().is_empty() {
        config.server.data_dir.join("mail")
    } else {
        settings.folder.clone()
    };
    let authorities = config.federation.ca_files.iter().map(|path| authorities(path));
    let authorities: Vec<Vec<u8>> = authorities.collect::<std::result::Result<_, _>>()?;
    let host = config.site.authority();
    Ok(Mail::new(settings, folder, &host, &authorities).map_err(Error::internal)?)
}

fn client(config: &Config) -> std::result::Result<Http, StartError> {
    let federation = &config.federation;
    let exceptions = federation.no_proxy.iter().map(|text| text.parse());
    let except = exceptions.collect::<std::result::Result<_, _>>().map_err(Error::internal)?;
    let proxy = federation.proxy.as_ref().map(|proxy| Proxy { url: proxy.expose().clone(), except });
    let client = Http::new(HttpOptions {
        policy: NetPolicy {
            insecure_networks: federation.insecure_networks.clone(),
            allowed_networks: federation.allowed_networks.clone(),
        },
        user_agent: format!("Breezeway/{} (+{}/)", env!("CARGO_PKG_VERSION"), config.site.origin()),
        connect_timeout: federation.connect_timeout,
        total_timeout: federation.request_timeout,
        max_body: federation.max_body.as_usize(),
        extra_roots: federation
            .ca_files
            .iter()
            .map(|path| authorities(path))
            .collect::<std::result::Result<_, _>>()?,
        proxy,
    });
    Ok(client.map_err(Error::internal)?)
}

/// The certificates of an authority of one's own.
fn authorities(path: &Path) -> std::result::Result<Vec<u8>, StartError> {
    let wrong = |problem: String| StartError::Authorities { path: path.to_owned(), problem };
    let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    match count_certificates(&pem) {
        Ok(0) => Err(wrong("it holds no certificate".to_owned())),
        Ok(_) => Ok(pem),
        Err(error) => Err(wrong(Error::internal(error).chain())),
    }
}

/// The secret under which passes are made; drawn once, so that passes outlive a restart.
async fn pass_secret(db: &Db, clock: &Clock, random: &Random) -> Result<String> {
    const NAME: &str = "pass_secret";
    let mut tx = db.begin().await?;
    if let Some(secret) = instance::store::find(&mut tx, NAME).await? {
        return Ok(secret);
    }
    let secret = random.token();
    instance::store::upsert(&mut tx, NAME, &secret, clock.now()).await?;
    tx.commit().await?;
    Ok(secret)
}

async fn remember_origin(services: &Services) -> std::result::Result<(), StartError> {
    let now = services.origin.base();
    let mut tx = services.db.begin().await?;
    match instance::store::find(&mut tx, ORIGIN).await? {
        Some(before) if before == now => Ok(()),
        Some(before) => Err(StartError::Moved { before, now: now.to_owned() }),
        None => {
            instance::store::upsert(&mut tx, ORIGIN, now, services.clock.now()).await?;
            Ok(tx.commit().await?)
        }
    }
}

/// The public address that the database belongs to, if it belongs to one already.
///
/// # Errors
/// As the database; also if there are no tables yet.
pub async fn origin_of(db: &Db) -> Result<Option<Url>> {
    let mut conn = db.read().await?;
    let origin = instance::store::find(&mut conn, ORIGIN).await?;
    Ok(origin.and_then(|origin| Url::parse(&origin).ok()))
}

/// Makes the site's own actor, once.
async fn ensure_instance_actor(services: &Services) -> Result<()> {
    let mut conn = services.db.read().await?;
    let known = accounts::store::list(&mut conn, &[INSTANCE_ACTOR]).await?;
    drop(conn);
    if known.is_empty() {
        let mut tx = services.db.begin().await?;
        accounts::store::insert(&mut tx, INSTANCE_ACTOR, &instance_actor(services), services.clock.now())
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Makes the keys of the site's own actor if it has none, and lets those go on who wait for them.
///
/// # Errors
/// [`Error::Internal`] if the machine cannot make keys or the database does not take them.
pub async fn make_first_keys(services: &Services) -> Result<()> {
    let mut conn = services.db.read().await?;
    let found = accounts::store::find_private_keys(&mut conn, INSTANCE_ACTOR).await?;
    drop(conn);
    if found.is_none() {
        let keys = NewKeys::generate().await?;
        let mut tx = services.db.begin().await?;
        // Another process may have been quicker.
        if accounts::store::find_private_keys(&mut tx, INSTANCE_ACTOR).await?.is_none() {
            let actor = services.origin.instance_actor();
            keys.insert(&mut tx, INSTANCE_ACTOR, &actor, services.clock.now()).await?;
        }
        tx.commit().await?;
    }
    // Set already only if this was called twice, which changes nothing.
    let _ = services.first_keys.set(());
    Ok(())
}

fn instance_actor(services: &Services) -> NewAccount {
    let origin = &services.origin;
    NewAccount {
        username: origin.host().to_owned(),
        host: String::new(),
        kind: Kind::Application,
        uri: origin.instance_actor(),
        url: origin.at("/"),
        display_name: services.config.site.name.clone(),
        note: String::new(),
        fields: Vec::new(),
        avatar_url: None,
        header_url: None,
        locked: true,
        discoverable: false,
        inbox: origin.shared_inbox(),
        shared_inbox: Some(origin.shared_inbox()),
        outbox: Some(origin.at("/actor/outbox")),
        followers_uri: None,
        following_uri: None,
        featured_uri: None,
        also_known_as: Vec::new(),
        moved_to: None,
        indexable: false,
        created_at: services.clock.now(),
        keys: Vec::new(),
    }
}
