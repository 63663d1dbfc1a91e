//! The two sets of migrations tell the same story: same numbers, same names, same tables and columns.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use breezeway::testing::TestDatabase;
use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::sources;

/// Table → columns.
type Tables = BTreeMap<String, BTreeSet<String>>;

/// File name → text.
fn files(engine: &str) -> BTreeMap<String, String> {
    let folder = sources::root().join("migrations").join(engine);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "sql"))
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The tables that migrations make, read from their text.
fn tables_of(migrations: &BTreeMap<String, String>) -> Tables {
    let mut tables = Tables::new();
    for text in migrations.values() {
        let code: Vec<&str> = text.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
        for statement in code.join("\n").split(';') {
            read_statement(statement, &mut tables);
        }
    }
    tables
}

fn read_statement(statement: &str, tables: &mut Tables) {
    let flat = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = flat.split([' ', '(']).filter(|word| !word.is_empty()).collect();
    let name = |at: usize| words.get(at).map(|word| word.trim_matches('"').to_owned());
    match words.as_slice() {
        ["CREATE", "TABLE", table, ..] => {
            let inside = flat
                .split_once('(')
                .and_then(|(_, rest)| rest.rsplit_once(')'))
                .map_or("", |(inside, _)| inside);
            tables.insert((*table).to_owned(), columns_in(inside));
        }
        ["ALTER", "TABLE", table, "ADD", "COLUMN", ..] => {
            tables.entry((*table).to_owned()).or_default().extend(name(5));
        }
        ["ALTER", "TABLE", table, "DROP", "COLUMN", column, ..] => {
            tables.entry((*table).to_owned()).or_default().remove(*column);
        }
        ["ALTER", "TABLE", table, "RENAME", "COLUMN", old, "TO", new, ..] => {
            let columns = tables.entry((*table).to_owned()).or_default();
            columns.remove(*old);
            columns.insert((*new).to_owned());
        }
        ["ALTER", "TABLE", table, "RENAME", "TO", new, ..] => {
            let columns = tables.remove(*table).unwrap_or_default();
            tables.insert((*new).to_owned(), columns);
        }
        ["DROP", "TABLE", table, ..] => {
            tables.remove(*table);
        }
        _ => {}
    }
}

/// The first word of each definition between the outermost commas, constraints left out.
fn columns_in(inside: &str) -> BTreeSet<String> {
    const CONSTRAINTS: &[&str] = &["PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "CONSTRAINT"];
    let mut depth = 0_usize;
    let definitions = inside.split(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    });
    definitions
        .filter_map(|definition| definition.split([' ', '(']).find(|word| !word.is_empty()))
        .filter(|word| !CONSTRAINTS.contains(word))
        .map(|word| word.trim_matches('"').to_owned())
        .collect()
}

fn complaints(left: (&str, &Tables), right: (&str, &Tables)) -> Vec<String> {
    let mut complaints = Vec::new();
    for ((one, ours), (other, theirs)) in [(left, right), (right, left)] {
        for (table, columns) in ours {
            let Some(others) = theirs.get(table) else {
                complaints.push(format!("table `{table}` is in {one} only, not in {other}"));
                continue;
            };
            let missing = columns.difference(others);
            complaints
                .extend(missing.map(|column| format!("`{table}.{column}` is in {one} only, not in {other}")));
        }
    }
    complaints
}

/// The tables as the engine has them after all migrations.
async fn tables_in_sqlite() -> Tables {
    let database = TestDatabase::sqlite();
    migrated(&database).await;
    let mut connection = SqliteConnection::connect(database.url()).await.unwrap();
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT tables.name, columns.name
         FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    gather(rows)
}

async fn tables_in_postgres(database: &TestDatabase) -> Tables {
    migrated(database).await;
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text
         FROM information_schema.columns
         WHERE table_schema = current_schema()",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    gather(rows)
}

/// Brings the tables up to date.
pub async fn migrated(database: &TestDatabase) {
    let db = database.open().await;
    db.migrate().await.unwrap();
    db.close().await;
}

/// Tables that nobody but an engine reads: the notes of the migrations, and where FTS5 keeps which word stands where.
fn is_of_the_engine(table: &str) -> bool {
    const WORDS: &[&str] = &["search_index", "people_index"];
    let is_words =
        |name: &&str| table.strip_prefix(*name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
    table == "_sqlx_migrations" || WORDS.iter().any(is_words)
}

fn gather(rows: Vec<(String, String)>) -> Tables {
    let mut tables = Tables::new();
    for (table, column) in rows.into_iter().filter(|(table, _)| !is_of_the_engine(table)) {
        tables.entry(table).or_default().insert(column);
    }
    tables
}

#[test]
fn both_engines_have_the_same_migrations() {
    let (sqlite, postgres) = (files("sqlite"), files("postgres"));

    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
    let mut numbers = BTreeSet::new();
    for name in sqlite.keys() {
        // A number may be missing: its change is still on another desk.
        let number = name.split('_').next().and_then(|number| number.parse::<u32>().ok());
        assert!(number.is_some_and(|number| numbers.insert(number)), "{name} has no number of its own");
    }
}

#[test]
fn both_engines_have_the_same_tables_by_their_text() {
    let (sqlite, postgres) = (tables_of(&files("sqlite")), tables_of(&files("postgres")));

    assert!(!sqlite.is_empty(), "no CREATE TABLE was understood");
    crate::assert_no_complaints(&complaints(("SQLite", &sqlite), ("PostgreSQL", &postgres)));
}

#[tokio::test]
async fn the_text_of_the_migrations_was_read_rightly() {
    let by_text = tables_of(&files("sqlite"));

    crate::assert_no_complaints(&complaints(("the text", &by_text), ("SQLite", &tables_in_sqlite().await)));
}

#[tokio::test]
async fn both_engines_have_the_same_tables_in_fact() {
    let Some(postgres) = TestDatabase::postgres().await else { return };

    let tables = tables_in_postgres(&postgres).await;

    crate::assert_no_complaints(&complaints(("SQLite", &tables_in_sqlite().await), ("PostgreSQL", &tables)));
}

#[test]
fn a_column_that_one_engine_lacks_is_noticed() {
    let tables = |text: &str| tables_of(&BTreeMap::from([("0001_x.sql".to_owned(), text.to_owned())]));
    let left = tables(
        "CREATE TABLE a (id BIGINT NOT NULL CHECK (id IN (1, 2)), b TEXT, -- c TEXT,\n PRIMARY KEY (id, b));",
    );
    let right = tables("CREATE TABLE a (id BIGINT PRIMARY KEY);\nCREATE TABLE d (id BIGINT);");

    let complaints = complaints(("SQLite", &left), ("PostgreSQL", &right));

    assert_eq!(
        complaints,
        ["`a.b` is in SQLite only, not in PostgreSQL", "table `d` is in PostgreSQL only, not in SQLite"]
    );
}
