//! Chromedriver, and the Chromiums that it starts.

use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use thirtyfour::{CapabilitiesHelper, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const HOW_TO: &str = "the browser suite needs Debian's packages chromium and chromium-driver, of one version \
    (apt-get install chromium chromium-driver); BREEZEWAY_TEST_BROWSER=off leaves it out";
/// Nothing but the sites of the test is spoken to, and nothing asks whether this is the first start.
const FLAGS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-US",
    "--window-size=1280,900",
];

/// A running chromedriver on a port that it chose.
pub struct Driver {
    child: Child,
    address: String,
    /// The profiles of its Chromiums.
    folder: TempDir,
    count: AtomicUsize,
}

impl Driver {
    /// Starts it.
    ///
    /// # Panics
    /// If it is not installed, with how to do that.
    pub async fn start() -> Self {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver does not start ({error}): {HOW_TO}"));
        let said = child.stdout.take().expect("its output is piped");
        let mut lines = BufReader::new(said).lines();
        let mut port = None;
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                port = Some(rest.trim_end_matches('.').to_owned());
                break;
            }
        }
        // It must always find somebody who reads what it says.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let port = port.unwrap_or_else(|| panic!("chromedriver found no port: {HOW_TO}"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { child, address: format!("http://127.0.0.1:{port}"), folder, count: AtomicUsize::new(0) }
    }

    /// A new Chromium with a profile of its own. Pages of one without scripts run none; the driver still can.
    ///
    /// # Panics
    /// If Chromium does not start, or is not of the driver's version.
    pub async fn browser(&self, scripts: bool) -> WebDriver {
        let profile = self.folder.path().join(self.count.fetch_add(1, Ordering::Relaxed).to_string());
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag).expect("a flag");
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.display())).expect("a flag");
        wanted.set("goog:loggingPrefs", json!({ "browser": "ALL" })).expect("a value");
        // A dialog stays, so that a test can find it.
        wanted.set("unhandledPromptBehavior", json!("ignore")).expect("a value");
        let client = reqwest::Client::builder().no_proxy().build().expect("a client can be built");
        let browser = WebDriver::builder(self.address.as_str(), wanted)
            .client(client)
            .request_timeout(Duration::from_mins(1))
            .connect()
            .await
            .unwrap_or_else(|error| panic!("Chromium does not start ({error}): {HOW_TO}"));
        let off = json!({ "value": !scripts });
        browser.cdp().send_raw("Emulation.setScriptExecutionDisabled", off).await.expect("a command");
        browser
    }

    /// Ends it.
    pub async fn stop(mut self) {
        let _ = self.child.kill().await;
    }
}
