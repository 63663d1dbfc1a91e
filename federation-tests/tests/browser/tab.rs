//! One window: what a person does in it, and what they wait for.
//!
//! Nothing here sleeps for a fixed time. Every act waits until it can be done, every look until it is true.

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use breezeway::testing::eventually;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{By, WebDriver, WebElement};
use url::Url;

/// A window of one Chromium.
pub struct Tab {
    browser: WebDriver,
    site: Url,
}

impl Tab {
    /// A window; `site` is the start of all paths.
    pub fn new(browser: WebDriver, site: Url) -> Self {
        Self { browser, site }
    }

    /// Opens a page and waits until it is loaded.
    pub async fn open(&self, path: &str) {
        let url = self.site.join(path).expect("a path");
        self.browser.goto(url.as_str()).await.unwrap_or_else(|error| panic!("{url} does not open: {error}"));
    }

    /// The address that is shown.
    pub async fn address(&self) -> String {
        self.browser.current_url().await.map(String::from).unwrap_or_default()
    }

    /// Waits until the address has this path, also with a query.
    pub async fn comes_to(&self, path: &str) {
        eventually(&format!("the window comes to {path}, from {}", self.address().await), async || {
            let url = self.browser.current_url().await.ok()?;
            (url.path() == path).then_some(())
        })
        .await;
    }

    /// Presses what a selector finds, as soon as it can be pressed.
    pub async fn press(&self, selector: &str) {
        self.press_by(&By::Css(selector), selector).await;
    }

    /// Presses the first button or link that says these words, also if only screen readers hear them.
    pub async fn press_words(&self, words: &str) {
        let quoted = format!("\"{words}\"");
        let path = format!(
            "//*[self::button or self::a or self::summary][contains(normalize-space(.), {quoted}) \
             or contains(@aria-label, {quoted})]"
        );
        self.press_by(&By::XPath(path), words).await;
    }

    async fn press_by(&self, by: &By, what: &str) {
        eventually(&format!("{what} can be pressed at {}", self.address().await), async || {
            for found in self.browser.find_all(by.clone()).await.ok()? {
                if found.is_displayed().await.unwrap_or(false) && click(&found).await.is_ok() {
                    return Some(());
                }
            }
            None
        })
        .await;
    }

    /// Opens the menu inside what a selector finds, and presses what stands in it.
    pub async fn choose(&self, around: &str, item: &str) {
        let open = format!("{around} details.menu[open]");
        if self.count(&open).await == 0 {
            self.press(&format!("{around} details.menu > summary")).await;
        }
        self.press(&format!("{open} {item}")).await;
    }

    /// Writes into a field in place of what stands there.
    pub async fn write(&self, selector: &str, text: &str) {
        let field = self.finds(selector).await;
        field.clear().await.unwrap_or_else(|error| panic!("{selector} cannot be cleared: {error}"));
        field.send_keys(text).await.unwrap_or_else(|error| panic!("{selector} cannot be written: {error}"));
    }

    /// Types further, or presses keys.
    pub async fn types(&self, selector: &str, keys: &str) {
        let field = self.finds(selector).await;
        field.send_keys(keys).await.unwrap_or_else(|error| panic!("{selector} takes no keys: {error}"));
    }

    /// Waits for an element that is shown.
    pub async fn finds(&self, selector: &str) -> WebElement {
        eventually(&format!("{selector} is shown at {}", self.address().await), async || {
            for found in self.browser.find_all(By::Css(selector)).await.ok()? {
                if found.is_displayed().await.unwrap_or(false) {
                    return Some(found);
                }
            }
            None
        })
        .await
    }

    /// How many elements there are now.
    pub async fn count(&self, selector: &str) -> usize {
        self.browser.find_all(By::Css(selector)).await.map_or(0, |found| found.len())
    }

    /// Waits until an element with this text is there; a selector as in `.text`.
    pub async fn sees_in(&self, selector: &str, text: &str) {
        eventually(&format!("“{text}” stands in {selector} at {}", self.address().await), async || {
            let shown = self.texts(selector).await;
            shown.iter().any(|shown| shown.contains(text)).then_some(())
        })
        .await;
    }

    /// Waits until the page says it.
    pub async fn sees(&self, text: &str) {
        self.sees_in("body", text).await;
    }

    /// Opens a page again and again until it says it: for what comes from elsewhere, without scripts.
    pub async fn finds_at(&self, path: &str, text: &str) {
        eventually(&format!("{path} says “{text}”"), async || {
            self.open(path).await;
            self.texts("body").await.iter().any(|shown| shown.contains(text)).then_some(())
        })
        .await;
    }

    /// Whether the page says it now.
    pub async fn says(&self, text: &str) -> bool {
        self.texts("body").await.iter().any(|shown| shown.contains(text))
    }

    /// Waits until an element has an attribute with this value.
    pub async fn has(&self, selector: &str, attribute: &str, value: &str) {
        eventually(&format!("{selector} has {attribute}={value}"), async || {
            let found = self.browser.find_all(By::Css(selector)).await.ok()?;
            for element in found {
                if element.attr(attribute).await.ok()?.as_deref() == Some(value) {
                    return Some(());
                }
            }
            None
        })
        .await;
    }

    /// What the driver is told by a function body; works in windows without scripts too.
    pub async fn tells(&self, body: &str) -> Value {
        self.tells_of(body, Vec::new()).await
    }

    /// As [`Tab::tells`], with arguments.
    pub async fn tells_of(&self, body: &str, arguments: Vec<Value>) -> Value {
        let answer = self.browser.execute(body, arguments).await;
        answer.unwrap_or_else(|error| panic!("the window does not tell: {error}")).json().clone()
    }

    /// As [`Tab::tells_of`], for a promise: the last argument of the body is the function that ends it.
    pub async fn promises(&self, body: &str, arguments: Vec<Value>) -> Value {
        let answer = self.browser.execute_async(body, arguments).await;
        answer.unwrap_or_else(|error| panic!("the window does not tell: {error}")).json().clone()
    }

    /// A command of the developer tools.
    pub async fn commands(&self, method: &str, parameters: Value) -> Value {
        let answer = self.browser.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// A phone, or a screen on a desk.
    pub async fn is_of_size(&self, phone: bool) {
        let size = if phone {
            json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true })
        } else {
            json!({ "width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": false })
        };
        self.commands("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Runs a script in each page that is opened from now on, before any of its own.
    pub async fn runs_first(&self, script: &str) {
        self.commands("Page.enable", json!({})).await;
        self.commands("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// What is shown, small enough to be kept with the source.
    pub async fn photograph_as_webp(&self) -> Vec<u8> {
        let wish = json!({ "format": "webp", "quality": 80 });
        let shot = self.commands("Page.captureScreenshot", wish).await;
        BASE64.decode(shot["data"].as_str().unwrap_or_default()).expect("a picture in base64")
    }

    /// Light or dark, and without motion, as a person may have it.
    pub async fn prefers(&self, theme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.commands("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Keeps a cookie for the site.
    pub async fn takes_cookie(&self, name: &str, value: &str) {
        let cookie = json!({ "name": name, "value": value, "url": self.site.as_str(), "httpOnly": true });
        self.commands("Network.setCookie", cookie).await;
    }

    /// Has never signed in, from now on.
    pub async fn forgets_cookies(&self) {
        self.commands("Network.clearBrowserCookies", json!({})).await;
    }

    /// Writes what is shown into a file.
    pub async fn photograph(&self, file: &Path) {
        let _ = self.browser.screenshot(file).await;
    }

    /// What the console said: errors of scripts, refused resources.
    pub async fn console(&self) -> Vec<String> {
        let lines = self.browser.browser_log().await.unwrap_or_default();
        lines.into_iter().map(|line| line.message).collect()
    }

    /// The texts of all that a selector finds, as shown.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let body =
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText ?? e.textContent)";
        let Ok(answer) = self.browser.execute(body, vec![json!(selector)]).await else { return Vec::new() };
        serde_json::from_value(answer.json().clone()).unwrap_or_default()
    }

    /// What a field holds.
    pub async fn value(&self, selector: &str) -> String {
        let field = self.finds(selector).await;
        field.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// Presses Enter in a field.
    pub async fn press_enter(&self, selector: &str) {
        self.types(selector, "\u{e007}").await;
    }

    /// Presses something inside the first of `around` that says `text`.
    pub async fn press_in(&self, around: &str, text: &str, selector: &str) {
        let what = format!("{selector} of {around} with “{text}” can be pressed");
        eventually(&what, async || {
            for found in self.browser.find_all(By::Css(around)).await.ok()? {
                if !found.text().await.is_ok_and(|shown| shown.contains(text)) {
                    continue;
                }
                if let Ok(inside) = found.find(By::Css(selector)).await
                    && click(&inside).await.is_ok()
                {
                    return Some(());
                }
            }
            None
        })
        .await;
    }

    /// Opens a page again and again until it does not say it any more.
    pub async fn loses_at(&self, path: &str, text: &str) {
        eventually(&format!("{path} does not say “{text}” any more"), async || {
            self.open(path).await;
            (!self.says(text).await).then_some(())
        })
        .await;
    }

    /// Writes into a composer of this page and sends it; waits until the page is left or shows it.
    pub async fn writes_in(&self, composer: &str, text: &str) {
        let page = self.tells("document.before = 1; return document.title").await;
        self.write(&format!("{composer} textarea"), text).await;
        self.press(&format!("{composer} .send button.primary")).await;
        eventually(&format!("“{text}” is sent from {page}"), async || {
            let left = self.browser.execute("return document.before !== 1", Vec::new()).await.ok()?;
            let shown = self.texts(".post .text").await.iter().any(|shown| shown.contains(text));
            (left.json() == &json!(true) || shown).then_some(())
        })
        .await;
    }

    /// Writes a post at home and waits until it stands there.
    pub async fn posts(&self, text: &str) {
        self.writes_in(".composer", text).await;
        self.sees_in(".post .text", &text.replace("**", "")).await;
    }

    /// The path of the page of the first post that says this.
    pub async fn path_of(&self, text: &str) -> String {
        let body =
            "const p = [...document.querySelectorAll('.post')].find(p => p.innerText.includes(arguments[0]));
            return p && p.querySelector('.when a').getAttribute('href')";
        let path = self.tells_of(body, vec![json!(text)]).await;
        path.as_str().unwrap_or_else(|| panic!("no post says “{text}”")).to_owned()
    }

    /// Closes the Chromium.
    pub async fn close(&self) {
        let _ = tokio::time::timeout(Duration::from_secs(20), self.browser.clone().quit()).await;
    }
}

/// Brings it into the middle first: bars at the edges cover what the driver scrolls under them.
async fn click(element: &WebElement) -> WebDriverResult<()> {
    let middle = "arguments[0].scrollIntoView({ block: 'center' })";
    element.handle().execute(middle, vec![element.to_json()?]).await?;
    element.click().await
}
