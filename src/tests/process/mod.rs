//! The program as a process: its command line, and what survives when it is killed.

mod account;
mod check;
mod delivery;
mod demo;
mod killed;
mod leaving;
mod pipes;
mod serve;

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use breezeway::testing::eventually;
use breezeway::testing::http::Http;
use tempfile::TempDir;
use url::Url;

/// A folder in which the program runs, with an address of its own.
pub struct Place {
    pub folder: TempDir,
    pub url: Url,
}

impl Place {
    pub fn new() -> Self {
        // The port is free now and, but for bad luck, when the program asks for it.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), url }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// `breezeway …` in this place, with an environment of its own.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_breezeway"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .env("BREEZEWAY_SERVER__LISTEN", self.url.authority())
            .env("BREEZEWAY_FEDERATION__MODE", "open")
            .env("BREEZEWAY_FEDERATION__RETRY_FIRST_DELAY", "100ms")
            .env("BREEZEWAY_FEDERATION__RETRY_MAX_DELAY", "1s")
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed; answers what it printed.
    pub fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "breezeway {arguments:?}: {out}{err}");
        out.trim().to_owned()
    }

    /// Starts `breezeway serve` and waits until it answers. What it prints goes to `out.txt`.
    pub async fn serve(&self) -> Running {
        let out =
            std::fs::OpenOptions::new().create(true).append(true).open(self.path().join("out.txt")).unwrap();
        let mut command = self.command(&["serve"]);
        let child = command.stdout(out.try_clone().unwrap()).stderr(out).spawn().unwrap();
        let running = Running(child);
        let health = self.url.join("/health").unwrap();
        eventually("the site answers", async || {
            std::net::TcpStream::connect(self.url.authority()).ok()?;
            Http::default().get(health.clone(), "*/*").await.status.is_success().then_some(())
        })
        .await;
        running
    }

    /// All that `serve` printed so far.
    pub fn printed(&self) -> String {
        std::fs::read_to_string(self.path().join("out.txt")).unwrap_or_default()
    }
}

/// A running process; it is killed when the test ends.
pub struct Running(Child);

impl Running {
    /// `kill -9`
    pub fn dies(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// `kill -TERM`, as systemd stops a service; answers whether it ended well.
    pub fn stops(mut self) -> bool {
        let done = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        assert!(done.success());
        self.0.wait().unwrap().success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
