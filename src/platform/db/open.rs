//! Opening a database and bringing its tables up to date.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, Executor as _};
use tokio::sync::Notify;

use super::conn::{Conn, Inner, Tx};
use super::counted::{Counted, Counts};
use crate::base::{Error, Result};

/// Every statement of ours walks along an index. PostgreSQL keeps the plan that it made for the first of them, when the
/// tables were empty and reading them whole was as good; and what it then takes for dear it compiles, for a tenth of a
/// second each time.
const BY_INDEX: &str =
    "SET jit = off; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";

/// Which engine keeps the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file inside the data folder.
    Sqlite,
    /// A server.
    Postgres,
}

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:<path>` or `postgres://…`
    pub url: String,
    /// Connections at most (PostgreSQL), or readers at most (SQLite).
    pub max_connections: u32,
    /// SQLite: whether each commit is flushed to the disk. See docs/adr/0013.
    pub flush: bool,
}

/// A database. Clones share the same connections.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
    wake: Arc<Notify>,
    counts: Arc<Counts>,
}

#[derive(Clone, Debug)]
enum Pools {
    /// The pool of one is the queue of the writer.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens the database; makes the SQLite file if there is none. Does not migrate.
    ///
    /// # Errors
    /// [`Error::Internal`] if it cannot be opened.
    pub async fn open(options: &Options) -> Result<Self> {
        let pools = if options.url.starts_with("postgres:") || options.url.starts_with("postgresql:") {
            let connect = PgConnectOptions::from_str(&options.url)?;
            // The pool would knock for ten seconds and then only say that it did; one knock says why.
            let knock = PgConnection::connect_with(&connect);
            match tokio::time::timeout(Duration::from_secs(10), knock).await {
                Ok(connected) => connected?.close().await?,
                Err(_) => return Err(Error::internal("connection timed out after 10 s")),
            }
            // Without the ping before each use: it costs a round trip, 1,300 look-ups a second instead of 3,400.
            let pool = PgPoolOptions::new()
                .max_connections(options.max_connections)
                .test_before_acquire(false)
                .acquire_timeout(Duration::from_secs(10))
                .after_connect(|conn, _| Box::pin(async move { conn.execute(BY_INDEX).await.map(drop) }))
                .connect_with(connect)
                .await?;
            Pools::Postgres(pool)
        } else {
            let path = options.url.trim_start_matches("sqlite:").trim_start_matches("//");
            open_sqlite(Path::new(path), options).await?
        };
        Ok(Self { pools, wake: Arc::new(Notify::new()), counts: Arc::default() })
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// [`Error::Internal`] if a migration fails or an applied one was changed.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { write, .. } => sqlx::migrate!("migrations/sqlite").run(write).await,
            Pools::Postgres(pool) => sqlx::migrate!("migrations/postgres").run(pool).await,
        }
        .map_err(Error::internal)
    }

    /// A connection for reading. One for a whole page.
    pub async fn read(&self) -> Result<Conn> {
        let inner = match &self.pools {
            Pools::Sqlite { read, .. } => Inner::SqliteRead(read.acquire().await?),
            Pools::Postgres(pool) => Inner::PostgresRead(pool.acquire().await?),
        };
        Ok(Conn::new(inner, Arc::clone(&self.counts)))
    }

    /// A transaction that writes. Never held while waiting for another machine.
    pub async fn begin(&self) -> Result<Tx> {
        let inner = match &self.pools {
            Pools::Sqlite { write, .. } => Inner::SqliteTx(write.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Inner::PostgresTx(pool.begin().await?),
        };
        Ok(Tx::new(Conn::new(inner, Arc::clone(&self.counts)), Arc::clone(&self.wake)))
    }

    /// What was asked of the database since it was opened, for figures that no slow machine changes.
    pub fn counted(&self) -> Counted {
        self.counts.read()
    }

    /// Resolves when a transaction that wrote an event was committed (or was, since the last wait).
    pub async fn event_committed(&self) {
        self.wake.notified().await;
    }

    /// Lets go of all connections, after what is under way.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(path: &Path, options: &Options) -> Result<Pools> {
    let synchronous = if options.flush { SqliteSynchronous::Full } else { SqliteSynchronous::Normal };
    let connect = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(256)
        .pragma("temp_store", "memory");
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(connect.clone())
        .await?;
    let read = SqlitePoolOptions::new()
        .max_connections(options.max_connections.max(1))
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(connect.pragma("query_only", "true"))
        .await?;
    Ok(Pools::Sqlite { read, write })
}
