//! SQL: where it may stand, how it is written, and that both engines understand every text.

use std::collections::BTreeSet;

use breezeway::platform::db::Sql;
use breezeway::testing::TestDatabase;
use proc_macro2::{TokenStream, TokenTree};
use sqlx::postgres::PgTypeInfo;
use sqlx::postgres::types::Oid;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};

use crate::migrations;
use crate::paths;
use crate::sources::{self, Source};

/// A statement in the sources.
pub struct Statement {
    pub path: String,
    pub line: usize,
    pub text: String,
}

impl Statement {
    /// A text for one engine alone says so in an SQL comment: `-- SQLite only`, `-- PostgreSQL only`. Locking
    /// rows says it by itself.
    fn is_for(&self, engine: &str) -> bool {
        if engine == "SQLite" && self.text.contains("FOR UPDATE") {
            return false;
        }
        let other = if engine == "SQLite" { "PostgreSQL" } else { "SQLite" };
        !self.text.contains(&format!("-- {other} only"))
    }
}

/// SQL outside `store.rs`, or written against the manner of the house.
pub fn complaints(source: &Source) -> Vec<String> {
    if source.is_tests() {
        return Vec::new();
    }
    let source = &without_inline_tests(source);
    let mut complaints = Vec::new();
    if !is_store(source) && !source.path.starts_with("platform/db/") {
        let found = statements(source).into_iter().map(|statement| statement.line);
        let found = found.chain(sqlx_queries(source)).chain(loose_sql(source));
        let lines: BTreeSet<usize> = found.collect();
        complaints.extend(lines.iter().map(|line| format!("{}:{line}: SQL outside `store.rs`", source.path)));
    }
    for statement in statements(source) {
        if names_no_columns(&statement.text) {
            complaints.push(format!("{}:{}: name the columns instead of `*`", source.path, statement.line));
        }
        if let Some(word) = small_keyword(&statement.text) {
            complaints
                .push(format!("{}:{}: keyword `{word}` is not in capitals", source.path, statement.line));
        }
    }
    complaints
}

/// `store.rs`, or a file of the folder `store/` where one would be too long.
fn is_store(source: &Source) -> bool {
    source.file_name() == "store.rs" || source.path.contains("/store/")
}

/// Tests beside the code may look into the tables.
fn without_inline_tests(source: &Source) -> Source {
    const BEGINNING: &str = "\n#[cfg(test)]\nmod tests {";
    let text = source.text.split(BEGINNING).next().unwrap_or_default().to_owned();
    Source { path: source.path.clone(), text }
}

/// Every `sql!("…")` of a file.
pub fn statements(source: &Source) -> Vec<Statement> {
    let tokens: TokenStream = source.text.parse().unwrap();
    let mut found = Vec::new();
    collect(tokens, &mut |line, text| {
        found.push(Statement { path: source.path.clone(), line, text });
    });
    found
}

fn collect(tokens: TokenStream, found: &mut impl FnMut(usize, String)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let called = at >= 2 && tokens[at - 2].to_string() == "sql" && tokens[at - 1].to_string() == "!";
        match group.stream().into_iter().next() {
            Some(TokenTree::Literal(literal)) if called => {
                let text = syn::parse_str::<syn::LitStr>(&literal.to_string()).unwrap().value();
                found(literal.span().start().line, text);
            }
            _ => collect(group.stream(), found),
        }
    }
}

/// `sqlx::query…` called directly.
fn sqlx_queries(source: &Source) -> Vec<usize> {
    paths::named(source)
        .iter()
        .filter(|named| named.parts[0] == "sqlx")
        .filter(|named| named.parts.get(1).is_some_and(|name| name.starts_with("query") || name == "raw_sql"))
        .map(|named| named.line)
        .collect()
}

/// Literals that begin as a statement does.
fn loose_sql(source: &Source) -> Vec<usize> {
    const BEGINNINGS: &[&str] =
        &["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "PRAGMA "];
    fn walk(tokens: TokenStream, lines: &mut Vec<usize>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => walk(group.stream(), lines),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    let text = text.trim_start_matches(['r', '#', '"']).trim_start();
                    if BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)) {
                        lines.push(literal.span().start().line);
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
    let mut lines = Vec::new();
    walk(source.text.parse().unwrap(), &mut lines);
    lines
}

fn names_no_columns(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| pair[0] == "SELECT" && pair[1].trim_end_matches(',') == "*")
        || words.iter().any(|word| word.trim_end_matches(',').ends_with(".*"))
}

fn small_keyword(text: &str) -> Option<&str> {
    const KEYWORDS: &[&str] =
        &["select", "insert", "delete", "from", "where", "join", "order by", "group by", "limit", "values"];
    let code = text.split('\n').map(|line| line.split("--").next().unwrap_or_default());
    code.flat_map(str::split_whitespace).find(|word| KEYWORDS.contains(word))
}

/// All statements of the application.
fn all_statements() -> Vec<Statement> {
    sources::application()
        .iter()
        .filter(|source| !source.path.starts_with("tests/"))
        .flat_map(statements)
        .collect()
}

/// Statements live as long as the test, as they live as long as the program.
fn literal(statement: &Statement) -> Sql {
    Sql::literal(Box::leak(statement.text.clone().into_boxed_str()))
}

async fn complaints_of_sqlite(connection: &mut SqliteConnection, statements: &[Statement]) -> Vec<String> {
    let mut complaints = Vec::new();
    for statement in statements.iter().filter(|statement| statement.is_for("SQLite")) {
        if let Err(error) = (&mut *connection).prepare(literal(statement).for_sqlite()).await {
            complaints.push(format!("{}:{}: SQLite says: {error}", statement.path, statement.line));
        }
    }
    complaints
}

#[tokio::test]
async fn sqlite_understands_every_statement() {
    let database = TestDatabase::sqlite();
    migrations::migrated(&database).await;
    let mut connection = SqliteConnection::connect(database.url()).await.unwrap();

    let complaints = complaints_of_sqlite(&mut connection, &all_statements()).await;

    crate::assert_no_complaints(&complaints);
}

#[tokio::test]
async fn postgresql_understands_every_statement() {
    let Some(database) = TestDatabase::postgres().await else { return };
    migrations::migrated(&database).await;
    let mut connection = PgConnection::connect(database.url()).await.unwrap();

    let mut complaints = Vec::new();
    for statement in all_statements().iter().filter(|statement| statement.is_for("PostgreSQL")) {
        if let Err(error) = prepare_in_postgres(&mut connection, statement).await {
            complaints.push(format!("{}:{}: PostgreSQL says: {error}", statement.path, statement.line));
        }
    }

    crate::assert_no_complaints(&complaints);
}

/// Prepares a statement. In use, each argument brings its type; here, a parameter whose type does not follow
/// from the text (`$1 IS NULL OR …`) is tried with each that an argument can have.
async fn prepare_in_postgres(connection: &mut PgConnection, statement: &Statement) -> Result<(), String> {
    const TYPES: &[&str] = &["INT8", "TEXT", "BOOL", "INT8[]", "TEXT[]", "FLOAT8", "BYTEA"];
    let mut types: Vec<PgTypeInfo> = Vec::new();
    loop {
        let error = match (&mut *connection).prepare_with(literal(statement).for_postgres(), &types).await {
            Ok(_) => return Ok(()),
            Err(error) => error.to_string(),
        };
        let unknown =
            error.split_once("data type of parameter $").and_then(|(_, rest)| rest.split(' ').next());
        let Some(unknown) = unknown.and_then(|number| number.parse::<usize>().ok()) else {
            return Err(error);
        };
        let mut fitting = None;
        for name in TYPES {
            types.resize(unknown.max(types.len()), PgTypeInfo::with_oid(Oid(0)));
            types[unknown - 1] = PgTypeInfo::with_name(name);
            let again = (&mut *connection).prepare_with(literal(statement).for_postgres(), &types).await;
            let message = again.err().map(|error| error.to_string()).unwrap_or_default();
            if message.is_empty() || message.contains("data type of parameter $") {
                fitting = Some(());
                break;
            }
        }
        fitting.ok_or(error)?;
    }
}

#[cfg(test)]
mod self_tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn sql_out_of_place_is_noticed() {
        for text in [
            r#"fn f() { conn.all(sql!("SELECT id FROM accounts"), args![]); }"#,
            r#"fn f() { sqlx::query("whatever"); }"#,
            r#"fn f() { let text = "DELETE FROM accounts"; }"#,
        ] {
            assert_eq!(complaints(&source("domain/accounts/delete.rs", text)).len(), 1, "{text}");
        }
        for path in ["domain/accounts/store.rs", "domain/statuses/store/write.rs", "domain/accounts/tests.rs"]
        {
            let text = r#"fn f() { conn.all(sql!("SELECT id FROM accounts"), args![]); }"#;
            assert!(complaints(&source(path, text)).is_empty(), "{path}");
        }
    }

    #[test]
    fn careless_sql_is_noticed() {
        for text in [
            r#"fn f() { sql!("SELECT * FROM accounts") }"#,
            r#"fn f() { sql!("SELECT a.* FROM accounts a") }"#,
            r#"fn f() { sql!("SELECT id from accounts") }"#,
        ] {
            assert_eq!(complaints(&source("domain/accounts/store.rs", text)).len(), 1, "{text}");
        }
        let count = source("domain/accounts/store.rs", r#"fn f() { sql!("SELECT count(*) FROM accounts") }"#);
        assert!(complaints(&count).is_empty());
    }

    #[tokio::test]
    async fn a_statement_that_the_engine_does_not_understand_is_noticed() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let text = r#"fn f() { sql!("SELECT id FROM nothing_of_the_sort") }"#;

        let complaints =
            complaints_of_sqlite(&mut connection, &statements(&source("x/store.rs", text))).await;

        assert!(complaints[0].contains("no such table"), "{complaints:?}");
    }
}
