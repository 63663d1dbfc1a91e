//! Each page by itself: whether everybody can use it, whether anything jumps, and how much is loaded.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::stage::Stage;
use crate::tab::Tab;
use crate::town::Page;

/// axe-core 4.14.1, MPL-2.0; its licence stands beside it.
const AXE: &str = include_str!("../../../assets/axe.min.js");
/// WCAG to 2.2 AA, and what axe calls good practice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const THEMES: [&str; 2] = ["light", "dark"];
/// First load of a page, with style, script, fonts and signs, without media.
const MOST_TRANSFERRED: i64 = 100_000;

/// What moves, from the first paint on.
const WATCH_SHIFTS: &str = "window.shifts = []; new PerformanceObserver(list => {
    for (const e of list.getEntries()) if (!e.hadRecentInput) window.shifts.push(e.value + ' ' +
        e.sources.map(s => s.node?.className || s.node?.nodeName).join(', '));
}).observe({ type: 'layout-shift', buffered: true });";

pub async fn no_page_keeps_anybody_out(stage: Arc<Stage>) {
    let town = stage.town().await;
    let mut wrong = Vec::new();
    for outside in [false, true] {
        let tab = if outside {
            stage.stranger(town.engineering()).await
        } else {
            stage.signed_in(town.engineering(), &town.ann).await
        };
        tab.runs_first(AXE).await;
        for page in town.pages.iter().filter(|page| page.outside == outside) {
            for phone in [false, true] {
                tab.is_of_size(phone).await;
                tab.prefers(THEMES[0]).await;
                tab.open(&page.path).await;
                for theme in THEMES {
                    tab.prefers(theme).await;
                    wrong.extend(violations(&tab, &place(page, theme, phone)).await);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "axe finds:\n{}", wrong.join("\n"));
}

async fn violations(tab: &Tab, place: &str) -> Vec<String> {
    let body = "const done = arguments[arguments.length - 1];
        axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] })
            .then(r => done(r.violations.map(v => v.id + ' (' + v.help + '): ' +
                v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.html.slice(0, 120) + ' ' + (n.any[0]?.message ?? '')).join(' | '))))
            .catch(e => done(['axe fails: ' + e]));";
    let found = tab.promises(body, vec![json!(RULES)]).await;
    let found: Vec<String> = serde_json::from_value(found).expect("axe answers with words");
    found.into_iter().map(|line| format!("{place}: {line}")).collect()
}

pub async fn nothing_jumps_and_little_is_loaded(stage: Arc<Stage>) {
    let town = stage.town().await;
    let mut wrong = Vec::new();
    for phone in [false, true] {
        let tab = stage.signed_in(town.engineering(), &town.ann).await;
        tab.runs_first(WATCH_SHIFTS).await;
        tab.is_of_size(phone).await;
        tab.commands("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
        for page in town.pages.iter().filter(|page| !page.outside) {
            tab.open(&page.path).await;
            let loaded = measure(&tab).await;
            let place = place(page, "light", phone);
            let bytes = loaded["bytes"].as_i64().unwrap_or(i64::MAX);
            println!("    {place}: {bytes} bytes, {} ms until it can be used", loaded["ready"]);
            if bytes > MOST_TRANSFERRED {
                wrong.push(format!("{place}: {bytes} bytes are loaded, {}", loaded["largest"]));
            }
            let shifts = loaded["shifts"].as_array().cloned().unwrap_or_default();
            wrong.extend(shifts.iter().map(|shift| format!("{place}: jumps by {shift}")));
            let others = loaded["others"].as_array().cloned().unwrap_or_default();
            wrong.extend(others.iter().map(|url| format!("{place}: asks {url}")));
        }
    }
    assert!(wrong.is_empty(), "pages move or are heavy:\n{}", wrong.join("\n"));
}

/// After the fonts came and two frames were painted: what was transferred without media, and what moved.
async fn measure(tab: &Tab) -> Value {
    let body = "const done = arguments[arguments.length - 1];
        document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => {
            const page = performance.getEntriesByType('navigation')[0];
            const all = [page, ...performance.getEntriesByType('resource')];
            const own = all.filter(e => !/\\/media\\/|\\/avatars?\\//.test(e.name));
            done({
                bytes: own.reduce((sum, e) => sum + e.transferSize, 0),
                largest: own.map(e => e.transferSize + ' ' + e.name).sort().reverse().slice(0, 8).join(', '),
                others: all.map(e => e.name).filter(n => !n.startsWith(location.origin)),
                ready: Math.round(page.domContentLoadedEventEnd),
                shifts: window.shifts,
            });
        })));";
    tab.promises(body, Vec::new()).await
}

/// Writes each page into docs/screenshots: phone and desktop, light and dark.
pub async fn screenshots(stage: Arc<Stage>) {
    let town = stage.town().await;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder");
    for outside in [false, true] {
        let tab = if outside {
            stage.stranger(town.engineering()).await
        } else {
            stage.signed_in(town.engineering(), &town.ann).await
        };
        for page in town.pages.iter().filter(|page| page.outside == outside) {
            for phone in [false, true] {
                tab.is_of_size(phone).await;
                for theme in THEMES {
                    tab.prefers(theme).await;
                    tab.open(&page.path).await;
                    measure_fonts(&tab).await;
                    let name =
                        format!("{}-{}-{theme}.webp", page.name, if phone { "phone" } else { "desktop" });
                    let shot = tab.photograph_as_webp().await;
                    std::fs::write(folder.join(name), shot).expect("a file");
                }
            }
        }
    }
}

async fn measure_fonts(tab: &Tab) {
    let body = "const done = arguments[arguments.length - 1];
        Promise.all([document.fonts.ready, ...[...document.images].filter(i => !i.complete && i.loading !== 'lazy')
            .map(i => new Promise(r => { i.onload = i.onerror = r }))])
            .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";
    tab.promises(body, Vec::new()).await;
}

fn place(page: &Page, theme: &str, phone: bool) -> String {
    format!("{} ({}, {theme})", page.name, if phone { "phone" } else { "desktop" })
}
