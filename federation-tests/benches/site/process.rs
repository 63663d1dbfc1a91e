//! The site that is measured: the release binary in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tokio::process::{Child, Command};
use url::Url;

use breezeway::base::config::Config;
use breezeway::platform::db::{Db, Options};
use breezeway::testing::TestDatabase;
use breezeway::{args, sql};

use super::text;

const BINARY: &str = env!("CARGO_BIN_EXE_breezeway");

pub struct Running {
    folder: tempfile::TempDir,
    /// A schema of its own on a PostgreSQL server, if one was named.
    postgres: Option<TestDatabase>,
    config: PathBuf,
    base: Url,
    child: Child,
    client: reqwest::Client,
    /// From the start of the process to its first answer.
    pub first_answer: Duration,
}

impl Running {
    pub async fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let config = folder.path().join("breezeway.toml");
        let data = folder.path().join("data");
        let postgres = TestDatabase::postgres().await;
        let database = postgres
            .as_ref()
            .map_or(String::new(), |database| format!("[database]\nurl = \"{}\"\n", database.url()));
        std::fs::write(
            &config,
            format!(
                "[server]\nlisten = \"127.0.0.1:{port}\"\ndata_dir = \"{}\"\n\
                 [site]\nurl = \"http://127.0.0.1:{port}\"\n\
                 [federation]\nmode = \"open\"\ninsecure_networks = [\"127.0.0.0/8\"]\n\
                 [limits]\nsign_in_per_minute = 0\napi_per_5_minutes = 0\nanonymous_per_5_minutes = 0\n\
                 posts_per_3_hours = 0\nfollows_per_day = 0\n[log]\nlevel = \"warn\"\n{database}",
                data.display()
            ),
        )?;
        let base = format!("http://127.0.0.1:{port}/").parse()?;
        let client = reqwest::Client::builder().no_proxy().build()?;
        let (child, first_answer) = launch(&config, &base, &client).await?;
        Ok(Self { folder, postgres, config, base, child, client, first_answer })
    }

    pub async fn restart(&mut self) -> Result<()> {
        end(&mut self.child).await?;
        (self.child, self.first_answer) = launch(&self.config, &self.base, &self.client).await?;
        Ok(())
    }

    pub async fn stop(self) -> Result<()> {
        self.end().await.map(drop)
    }

    /// Stops the site; its rows stay until the answer is dropped.
    pub async fn end(mut self) -> Result<(tempfile::TempDir, Option<TestDatabase>)> {
        end(&mut self.child).await?;
        Ok((self.folder, self.postgres))
    }

    /// What it was started with.
    pub fn settings(&self) -> Result<Config> {
        Ok(Config::load(Some(&self.config), [])?)
    }

    pub fn is_postgres(&self) -> bool {
        self.postgres.is_some()
    }

    /// The rows, past the site.
    pub async fn db(&self) -> Result<Db> {
        let file = format!("sqlite:{}", self.folder.path().join("data/breezeway.sqlite3").display());
        let url = self.postgres.as_ref().map_or(file, |database| database.url().to_owned());
        Ok(Db::open(&Options { url, max_connections: 1, flush: false }).await?)
    }

    /// How many posts and reposts there are.
    pub async fn statuses(&self) -> Result<i64> {
        self.number(sql!("SELECT COUNT(*) FROM statuses"), args![]).await
    }

    async fn number(
        &self,
        sql: breezeway::platform::db::Sql,
        args: Vec<breezeway::platform::db::Arg>,
    ) -> Result<i64> {
        let db = self.db().await?;
        let (number,): (i64,) = db.read().await?.one(sql, args).await?;
        db.close().await;
        Ok(number)
    }

    /// How many posts stand in homes above this one.
    pub async fn home_entries_after(&self, id: &str) -> Result<i64> {
        let id: i64 = id.parse()?;
        self.number(sql!("SELECT COUNT(*) FROM home_entries WHERE status_id > $1"), args![id]).await
    }

    /// Waits until all that follows from what was written is done.
    pub async fn until_quiet(&self) -> Result<()> {
        let db = self.db().await?;
        for _ in 0..3_000 {
            let mut conn = db.read().await?;
            let (waiting,): (i64,) = conn
                .one(sql!("SELECT (SELECT COUNT(*) FROM events) + (SELECT COUNT(*) FROM deliveries WHERE dead_at IS NULL)"), args![])
                .await?;
            if waiting == 0 {
                drop(conn);
                db.close().await;
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        bail!("effects or deliveries do not come to an end")
    }

    /// Makes a person on the command line; returns a token for everything.
    pub async fn person(&self, name: &str) -> Result<String> {
        let mail = format!("{name}@example.org");
        self.command(&[
            "account",
            "create",
            name,
            "--email",
            &mail,
            "--password",
            "correct horse battery staple",
        ])
        .await?;
        let said =
            self.command(&["token", "create", "--account", name, "--scopes", "read write follow"]).await?;
        said.split_whitespace().last().map(str::to_owned).context("no token was printed")
    }

    async fn command(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new(BINARY).args(arguments).arg("--config").arg(&self.config).output().await?;
        if !output.status.success() {
            bail!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    pub fn url(&self, path: &str) -> Result<Url> {
        Ok(self.base.join(path)?)
    }

    pub fn actor(&self, name: &str) -> Result<Url> {
        self.url(&format!("/users/{name}"))
    }

    pub async fn get(&self, token: &str, path: &str) -> Result<Value> {
        let request = self.client.get(self.url(path)?).bearer_auth(token);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    pub async fn post(&self, token: &str, path: &str, body: Value) -> Result<Value> {
        let request = self.client.post(self.url(path)?).bearer_auth(token).json(&body);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    /// The id of somebody elsewhere.
    pub async fn find(&self, token: &str, handle: &str) -> Result<String> {
        let found = self.get(token, &format!("/api/v1/accounts/search?resolve=true&q={handle}")).await?;
        Ok(text(&found[0], "id")?.to_owned())
    }

    pub async fn until_following(&self, token: &str, id: &str) -> Result<()> {
        for _ in 0..3_000 {
            let tie = self.get(token, &format!("/api/v1/accounts/relationships?id[]={id}")).await?;
            if tie[0]["following"] == json!(true) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        bail!("the follow was not accepted")
    }

    /// Waits until one of the newest posts of the home has this ActivityPub id.
    pub async fn until_home_has(&self, token: &str, uri: &str) -> Result<()> {
        for _ in 0..3_000 {
            let page = self.get(token, "/api/v1/timelines/home?limit=40").await?;
            if page.as_array().is_some_and(|page| page.iter().any(|status| status["uri"] == uri)) {
                return Ok(());
            }
            // Others may have come later than the last one sent.
            let found = self.get(token, &format!("/api/v2/search?type=statuses&resolve=false&q={uri}")).await;
            if found.is_ok_and(|found| found["statuses"][0]["uri"] == uri) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("{uri} does not come into the home")
    }

    /// CPU time of the process so far, from the kernel (in hundredths of a second).
    pub fn cpu(&self) -> Result<Duration> {
        cpu_of(&self.pid()?.to_string())
    }

    /// CPU time of all PostgreSQL processes on this machine so far.
    pub fn server_cpu(&self) -> Result<Duration> {
        let mut all = Duration::ZERO;
        if !self.is_postgres() {
            return Ok(all);
        }
        for entry in std::fs::read_dir("/proc")? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let comm =
                std::fs::read_to_string(Path::new("/proc").join(&name).join("comm")).unwrap_or_default();
            if comm.trim() == "postgres" {
                all += cpu_of(&name).unwrap_or_default();
            }
        }
        Ok(all)
    }

    /// Resident memory in MiB.
    pub fn resident(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()?))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS")).context("no VmRSS")?;
        let kib: f64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
        Ok(kib / 1024.0)
    }

    fn pid(&self) -> Result<u32> {
        self.child.id().context("the site is gone")
    }
}

/// CPU time of a process so far, as its entry in `/proc` is called.
pub fn cpu_of(process: &str) -> Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
    Ok(Duration::from_millis(ticks * 10))
}

async fn launch(config: &PathBuf, base: &Url, client: &reqwest::Client) -> Result<(Child, Duration)> {
    let start = Instant::now();
    let child = Command::new(BINARY)
        .arg("serve")
        .arg("--config")
        .arg(config)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .spawn()?;
    let health = base.join("/health")?;
    for _ in 0..10_000 {
        if client.get(health.clone()).send().await.is_ok_and(|answer| answer.status().is_success()) {
            return Ok((child, start.elapsed()));
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    bail!("the site does not answer")
}

async fn end(child: &mut Child) -> Result<()> {
    if let Some(pid) = child.id() {
        Command::new("kill").arg("-TERM").arg(pid.to_string()).status().await?;
    }
    child.wait().await?;
    Ok(())
}
