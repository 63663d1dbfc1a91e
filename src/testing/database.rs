//! A fresh database for a test, on either engine.
//!
//! PostgreSQL is used when the environment variable `BREEZEWAY_TEST_POSTGRES` names a server, as in
//! `postgres://postgres@127.0.0.1:5432/postgres`. Each test gets a schema of its own there.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::platform::db::{Db, Options};

/// Runs a test of a store on SQLite and, where there is a server, on PostgreSQL.
///
/// ```ignore
/// #[tokio::test]
/// async fn a_follow_is_found_again() {
///     each_db(async |db| {
///         let mut tx = db.begin().await.unwrap();
///         …
///     })
///     .await;
/// }
/// ```
pub async fn each_db<F>(test: F)
where
    F: AsyncFn(Db),
{
    let mut databases = vec![TestDatabase::sqlite()];
    databases.extend(TestDatabase::postgres().await);
    for database in databases {
        let db = database.open().await;
        db.migrate().await.expect("the migrations run");
        test(db.clone()).await;
        db.close().await;
    }
}

/// A place for a database that goes away with this value.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder { _folder: TempDir },
    Schema { server: String, name: String },
}

impl TestDatabase {
    /// PostgreSQL where there is a server, else SQLite.
    pub async fn fresh() -> Self {
        match Self::postgres().await {
            Some(database) => database,
            None => Self::sqlite(),
        }
    }

    /// A file in a folder of its own.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file: PathBuf = folder.path().join("test.sqlite3");
        Self { url: format!("sqlite:{}", file.display()), place: Place::Folder { _folder: folder } }
    }

    /// A schema of its own on the test server; `None` where there is no server.
    pub async fn postgres() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        #[expect(clippy::disallowed_methods, reason = "the one setting of the tests")]
        let server = std::env::var("BREEZEWAY_TEST_POSTGRES").ok()?;
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("breezeway_test_{}_{count}", std::process::id());
        run(&server, &format!("DROP SCHEMA IF EXISTS {name} CASCADE")).await.expect("the test server");
        run(&server, &format!("CREATE SCHEMA {name}")).await.expect("the test server");
        let joint = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{joint}options=-csearch_path%3D{name}");
        Some(Self { url, place: Place::Schema { server, name } })
    }

    /// The address, as the configuration has it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens it; the tables are still to be made.
    pub async fn open(&self) -> Db {
        Db::open(&Options { url: self.url.clone(), max_connections: 4, flush: false })
            .await
            .expect("the test database opens")
    }
}

impl Drop for TestDatabase {
    /// Takes the schema away, also after a failed test.
    fn drop(&mut self) {
        let Place::Schema { server, name } = &self.place else { return };
        let (server, drop) =
            (server.clone(), format!("SET lock_timeout = '5s'; DROP SCHEMA IF EXISTS {name} CASCADE"));
        // A runtime cannot wait inside another one, hence a thread.
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(run(&server, &drop)))
        });
        if !matches!(thread.join(), Ok(Ok(Ok(())))) {
            eprintln!("the schema {name} was left behind");
        }
    }
}

async fn run(server: &str, statement: &str) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(server).await?;
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await?;
    connection.close().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_test_gets_empty_tables_of_its_own() {
        for _ in 0..2 {
            each_db(async |db| {
                let insert = crate::sql!("INSERT INTO tombstones (uri, deleted_at) VALUES ($1, $2)");
                let mut tx = db.begin().await.expect("a transaction");
                let inserted = tx.execute(insert, crate::args!["https://sales.example.org/1", 1_i64]).await;

                assert_eq!(inserted.expect("the first row"), 1);
                tx.commit().await.expect("committed");
            })
            .await;
        }
    }
}
