//! A site as a process: started in a folder of its own, killed, started again on what it left behind.

use std::fs::OpenOptions;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::str::FromStr as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use breezeway::domain::event;
use breezeway::federation::delivery;
use breezeway::platform::db::{Db, Options};
use breezeway::testing::TestDatabase;
use reqwest::{Client, Method};
use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _};
use tempfile::TempDir;
use url::Url;

use crate::dice::lock;

/// How long a client waits for an answer. A site that is starting may take a while on a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery staple";

/// A place where a site lives, whether it runs at the moment or not.
pub struct House {
    pub name: &'static str,
    pub url: Url,
    /// Where the rows are, as the configuration has it.
    pub database: String,
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
    running: Mutex<Option<Child>>,
    http: Client,
    _schema: Option<TestDatabase>,
}

impl House {
    /// A site that speaks with everybody; on PostgreSQL where there is a test server, else on SQLite.
    pub async fn build(name: &'static str) -> Self {
        Self::build_with(name, &[("BREEZEWAY_FEDERATION__MODE", "open")]).await
    }

    /// A site with settings.
    pub async fn build_with(name: &'static str, settings: &[(&'static str, &str)]) -> Self {
        Self::new(name, settings, TestDatabase::postgres().await)
    }

    /// A place for a site whose rows are brought along, on SQLite.
    pub fn empty(name: &'static str) -> Self {
        Self::new(name, &[], None)
    }

    fn new(name: &'static str, settings: &[(&'static str, &str)], schema: Option<TestDatabase>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match &schema {
            Some(schema) => schema.url().to_owned(),
            None => format!("sqlite:{}", folder.path().join("data/breezeway.sqlite3").display()),
        };
        let mut settings: Vec<(&'static str, String)> =
            settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        if schema.is_some() {
            settings.push(("BREEZEWAY_DATABASE__URL", database.clone()));
        }
        let url = format!("http://{}/", free_address()).parse().unwrap();
        let http = Client::builder().no_proxy().timeout(PATIENCE).build().unwrap();
        Self { name, url, database, folder, settings, running: Mutex::new(None), http, _schema: schema }
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.url.authority()
    }

    /// An address on the site.
    pub fn at(&self, path: &str) -> Url {
        self.url.join(path).unwrap()
    }

    /// Brings rows along, as statements.
    pub async fn takes_over(&self, dump: &str) {
        std::fs::create_dir(self.folder.path().join("data")).unwrap();
        let options = SqliteConnectOptions::from_str(&self.database).unwrap();
        let options = options.create_if_missing(true).foreign_keys(false);
        let mut rows = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut rows).await.unwrap();
        rows.close().await.unwrap();
    }

    /// `breezeway …` in this place, with an environment of its own.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_breezeway"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("BREEZEWAY_SERVER__LISTEN", self.host())
            .env("BREEZEWAY_SITE__NAME", self.name)
            .env("BREEZEWAY_DATABASE__CONNECTIONS", "6")
            .env("BREEZEWAY_FEDERATION__RETRY_FIRST_DELAY", "100ms")
            .env("BREEZEWAY_FEDERATION__RETRY_MAX_DELAY", "1s")
            .env("BREEZEWAY_LIMITS__API_PER_5_MINUTES", "0")
            .env("BREEZEWAY_LIMITS__ANONYMOUS_PER_5_MINUTES", "0")
            .env("BREEZEWAY_LIMITS__POSTS_PER_3_HOURS", "0")
            .env("BREEZEWAY_LIMITS__FOLLOWS_PER_DAY", "0")
            .env("BREEZEWAY_LOG__LEVEL", "warn")
            .stdin(Stdio::null());
        for (name, value) in &self.settings {
            command.env(name, value);
        }
        command
    }

    /// Runs a command that must succeed; answers what it printed.
    pub fn prints(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "breezeway {arguments:?}: {out}{err}");
        out.trim().to_owned()
    }

    /// Starts the process and does not wait for it. What it prints goes to `out.txt`.
    pub fn starts(&self) {
        let out =
            OpenOptions::new().create(true).append(true).open(self.folder.path().join("out.txt")).unwrap();
        let child = self.command(&["serve"]).stdout(out.try_clone().unwrap()).stderr(out).spawn().unwrap();
        *lock(&self.running) = Some(child);
    }

    /// `kill -9`, wherever it is at the moment.
    pub fn dies(&self) {
        if let Some(mut child) = lock(&self.running).take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Waits until the site answers. A process that ended by itself is started again, and said so.
    pub async fn answers(&self) {
        loop {
            if self.ask(Method::GET, "/health", "", None, None).await.is_some_and(|answer| answer.0 == 200) {
                return;
            }
            let ended = lock(&self.running).as_mut().and_then(|child| child.try_wait().ok().flatten());
            if let Some(status) = ended {
                println!("{} ended by itself with {status}:\n{}", self.name, self.printed());
                self.starts();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How much waits to be done or delivered, and how much was given up; read from the rows themselves.
    pub async fn open_work(&self) -> (i64, i64) {
        let options = Options { url: self.database.clone(), max_connections: 1, flush: false };
        let db = Db::open(&options).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let events = event::store::count(&mut conn).await.unwrap();
        let (waiting, given_up) = delivery::store::count(&mut conn).await.unwrap();
        drop(conn);
        db.close().await;
        (events + waiting, given_up)
    }

    /// The most memory that the process ever held, in bytes, as the kernel says.
    pub fn most_memory(&self) -> u64 {
        let pid = lock(&self.running).as_ref().map(Child::id).expect("it runs");
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("the kernel says it");
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap() << 10
    }

    /// The last of what it printed.
    pub fn printed(&self) -> String {
        let all = std::fs::read_to_string(self.folder.path().join("out.txt")).unwrap_or_default();
        let lines: Vec<&str> = all.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    /// Makes a person on the command line; answers a token.
    pub fn person(&self, name: &str, role: &str) -> String {
        let mail = format!("{name}@example.org");
        self.prints(&["account", "create", name, "--email", &mail, "--password", PASSWORD, "--role", role]);
        let scopes =
            if role == "member" { "read write follow" } else { "read write follow admin:read admin:write" };
        self.prints(&["token", "create", "--account", name, "--scopes", scopes])
    }

    /// One request; `None` if it died unanswered, in which case nobody knows whether it was done.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> Option<(u16, Value)> {
        let mut request = self.http.request(method, self.at(path));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        let bytes = response.bytes().await.ok()?;
        Some((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.dies();
    }
}

/// An address that nobody else takes while its site is down: one of loopback that no client connects from, and a
/// port below those that the system gives away.
fn free_address() -> String {
    static HOUSES: AtomicU8 = AtomicU8::new(2);
    let [high, low] = (std::process::id() as u16).to_be_bytes();
    loop {
        let last = HOUSES.fetch_add(1, Ordering::Relaxed);
        let port = 10_000 + u16::from(low) * 64 + u16::from(last);
        let address = format!("127.{}.{low}.{last}:{port}", 64 + high % 64);
        if TcpListener::bind(&address).is_ok() {
            return address;
        }
    }
}
