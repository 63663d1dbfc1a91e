//! A connection and a transaction, on either engine.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{AssertSqlSafe, FromRow, SqlSafeStr, SqlStr, Transaction};
use tokio::sync::Notify;

use super::args::{Arg, for_postgres, for_sqlite};
use super::counted::Counts;
use crate::base::{Error, Result};

/// A statement: a literal of the source, never put together at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sql(&'static str);

impl Sql {
    /// For [`sql!`](crate::sql) only.
    pub const fn literal(text: &'static str) -> Self {
        Self(text)
    }

    /// Whether it leaves every row as it is. A `WITH` may change some.
    fn only_reads(self) -> bool {
        self.0.trim_start().starts_with("SELECT")
    }

    /// The text that SQLite gets.
    pub fn for_sqlite(self) -> SqlStr {
        rewrite(self.0, "IN (SELECT value FROM json_each(", "))")
    }

    /// The text that PostgreSQL gets.
    pub fn for_postgres(self) -> SqlStr {
        rewrite(self.0, "= ANY(", ")")
    }
}

fn rewrite(text: &'static str, open: &str, close: &str) -> SqlStr {
    const MARK: &str = "IN_LIST(";
    if !text.contains(MARK) {
        return text.into_sql_str();
    }
    let mut out = String::with_capacity(text.len() + 32);
    let mut parts = text.split(MARK);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (inside, rest) = part.split_once(')').unwrap_or((part, ""));
        out.push_str(open);
        out.push_str(inside);
        out.push_str(close);
        out.push_str(rest);
    }
    AssertSqlSafe(out).into_sql_str()
}

/// What a row can become, on both engines: `#[derive(sqlx::FromRow)]` or a tuple.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A connection, inside a transaction or not.
#[derive(Debug)]
pub struct Conn {
    pub(super) inner: Inner,
    /// Whether [`Conn::keep_order`] has the turn.
    ordered: bool,
    /// What was read ahead, by type.
    ahead: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
    /// Statements that changed something, or may have.
    pub(super) changes: u64,
    counts: Arc<Counts>,
}

#[derive(Debug)]
pub(super) enum Inner {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteTx(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresTx(Transaction<'static, Postgres>),
}

/// Runs `$body` with `$query` made by `$make` for the engine at hand.
macro_rules! on_engine {
    ($self:ident, $sql:ident, $args:ident, $make:path, $run:ident) => {
        match &mut $self.inner {
            Inner::SqliteRead(conn) => {
                $make($sql.for_sqlite(), for_sqlite($args).map_err(sqlx::Error::Encode)?)
                    .$run(&mut **conn)
                    .await
            }
            Inner::SqliteTx(tx) => {
                $make($sql.for_sqlite(), for_sqlite($args).map_err(sqlx::Error::Encode)?)
                    .$run(&mut **tx)
                    .await
            }
            Inner::PostgresRead(conn) => {
                $make($sql.for_postgres(), for_postgres($args).map_err(sqlx::Error::Encode)?)
                    .$run(&mut **conn)
                    .await
            }
            Inner::PostgresTx(tx) => {
                $make($sql.for_postgres(), for_postgres($args).map_err(sqlx::Error::Encode)?)
                    .$run(&mut **tx)
                    .await
            }
        }
    };
}

impl Conn {
    /// Whether SQLite is at the other end, for the few stores that must say things differently.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.inner, Inner::SqliteRead(_) | Inner::SqliteTx(_))
    }

    pub(super) fn new(inner: Inner, counts: Arc<Counts>) -> Self {
        Self { inner, ordered: false, ahead: HashMap::new(), changes: 0, counts }
    }

    /// Takes note of a statement that answers rows.
    fn note_asked(&mut self, sql: Sql) {
        self.counts.statement();
        if !sql.only_reads() {
            self.changes += 1;
        }
    }

    /// From here to the end of the transaction nobody else is at this place: numbers that are drawn after this become
    /// visible in their order, so that who asks for what is newer than a number misses nothing. Ask for it before
    /// anything is changed. On SQLite every transaction is alone anyway.
    pub async fn keep_order(&mut self) -> Result<()> {
        if self.ordered || !matches!(self.inner, Inner::PostgresTx(_)) {
            return Ok(());
        }
        self.execute(Sql::literal("SELECT pg_advisory_xact_lock(7306)"), Vec::new()).await?;
        self.ordered = true;
        Ok(())
    }

    /// Keeps what a store read ahead for many questions to come, until [`Conn::forget`].
    pub fn remember<T: Any + Send + Sync>(&mut self, read: T) {
        self.ahead.insert(TypeId::of::<T>(), Box::new(read));
    }

    /// What a store read ahead.
    pub fn remembered<T: Any>(&self) -> Option<&T> {
        self.ahead.get(&TypeId::of::<T>())?.downcast_ref()
    }

    /// From here on nothing is known ahead: something was changed that others asked about.
    pub fn forget(&mut self) {
        self.ahead.clear();
    }

    /// Runs a statement; returns how many rows it touched.
    pub async fn execute(&mut self, sql: Sql, args: Vec<Arg>) -> Result<u64> {
        self.counts.statement();
        let touched = match &mut self.inner {
            Inner::SqliteRead(conn) => sqlite_execute(&mut *conn, sql, args).await?,
            Inner::SqliteTx(tx) => sqlite_execute(&mut *tx, sql, args).await?,
            Inner::PostgresRead(conn) => postgres_execute(&mut *conn, sql, args).await?,
            Inner::PostgresTx(tx) => postgres_execute(&mut *tx, sql, args).await?,
        };
        self.changes += u64::from(touched > 0);
        Ok(touched)
    }

    /// All rows.
    pub async fn all<T: Record>(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Vec<T>> {
        self.note_asked(sql);
        Ok(on_engine!(self, sql, args, sqlx::query_as_with, fetch_all)?)
    }

    /// The row, if there is one.
    pub async fn optional<T: Record>(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Option<T>> {
        self.note_asked(sql);
        Ok(on_engine!(self, sql, args, sqlx::query_as_with, fetch_optional)?)
    }

    /// The one row, for queries that always have one (counts).
    pub async fn one<T: Record>(&mut self, sql: Sql, args: Vec<Arg>) -> Result<T> {
        self.note_asked(sql);
        Ok(on_engine!(self, sql, args, sqlx::query_as_with, fetch_one)?)
    }
}

async fn sqlite_execute(conn: &mut sqlx::SqliteConnection, sql: Sql, args: Vec<Arg>) -> sqlx::Result<u64> {
    let args = for_sqlite(args).map_err(sqlx::Error::Encode)?;
    Ok(sqlx::query_with(sql.for_sqlite(), args).execute(conn).await?.rows_affected())
}

async fn postgres_execute(conn: &mut sqlx::PgConnection, sql: Sql, args: Vec<Arg>) -> sqlx::Result<u64> {
    let args = for_postgres(args).map_err(sqlx::Error::Encode)?;
    Ok(sqlx::query_with(sql.for_postgres(), args).execute(conn).await?.rows_affected())
}

/// A transaction. Dropped without [`Tx::commit`], it changes nothing.
pub struct Tx {
    pub(super) conn: Conn,
    wake: Arc<Notify>,
    pub(super) woken: bool,
    pub(super) after: Vec<Box<dyn FnOnce() + Send>>,
    pub(super) gathered: Vec<(Sql, Vec<serde_json::Value>)>,
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("conn", &self.conn).finish_non_exhaustive()
    }
}

impl Tx {
    pub(super) fn new(conn: Conn, wake: Arc<Notify>) -> Self {
        Self { conn, wake, woken: false, after: Vec::new(), gathered: Vec::new() }
    }

    /// Gathers a row for a statement that takes many at once, as a JSON array of arrays in `$1`. It runs right before
    /// the commit: only for what nothing in the transaction reads or refers to. A statement costs about the same for
    /// a hundred rows as for one.
    pub fn gather(&mut self, statement: Sql, row: serde_json::Value) {
        match self.gathered.iter_mut().find(|(known, _)| *known == statement) {
            Some((_, rows)) => rows.push(row),
            None => self.gathered.push((statement, vec![row])),
        }
    }

    /// The same; it runs after `first`, whichever is gathered before the other.
    pub fn gather_after(&mut self, first: Sql, statement: Sql, row: serde_json::Value) {
        if self.gathered.iter().all(|(known, _)| *known != first) {
            self.gathered.push((first, Vec::new()));
        }
        self.gather(statement, row);
    }

    async fn write_gathered(&mut self) -> Result<()> {
        let gathered = std::mem::take(&mut self.gathered);
        for (statement, rows) in gathered.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let rows = serde_json::Value::Array(rows).to_string();
            self.conn.execute(statement, vec![super::ToArg::to_arg(&rows)]).await?;
        }
        Ok(())
    }

    /// After the commit, whoever waits for events is woken.
    pub fn wake_after_commit(&mut self) {
        self.woken = true;
    }

    /// Runs after the commit: for caches, which must not forget a row before it has changed for everybody, or
    /// somebody reads the old one back into them.
    pub fn after_commit(&mut self, run: impl FnOnce() + Send + 'static) {
        self.after.push(Box::new(run));
    }

    /// Makes the changes last. What must happen after the commit happens also when whoever asked has gone away in
    /// the meantime.
    pub async fn commit(mut self) -> Result<()> {
        let finish = async move {
            self.write_gathered().await?;
            match self.conn.inner {
                Inner::SqliteTx(tx) => tx.commit().await?,
                Inner::PostgresTx(tx) => tx.commit().await?,
                Inner::SqliteRead(_) | Inner::PostgresRead(_) => {}
            }
            self.conn.counts.commit();
            for run in self.after {
                run();
            }
            if self.woken {
                self.wake.notify_one();
            }
            Ok(())
        };
        tokio::spawn(finish).await.map_err(Error::internal)?
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_said_in_each_engine_s_own_way() {
        let sql = Sql::literal("SELECT id FROM t WHERE id IN_LIST($1) AND x = $2");
        assert_eq!(
            sql.for_sqlite().as_str(),
            "SELECT id FROM t WHERE id IN (SELECT value FROM json_each($1)) AND x = $2"
        );
        assert_eq!(sql.for_postgres().as_str(), "SELECT id FROM t WHERE id = ANY($1) AND x = $2");
    }
}
