//! Hostile words, typed here or sent by a rude site, and forms that were not filled in here: nothing runs.

use std::sync::Arc;

use breezeway::testing::http::send;
use breezeway::testing::{Peer, Person, TestApp};
use http::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::stage::Stage;
use crate::tab::Tab;

/// One trick a line.
const CORPUS: &str = include_str!("../../../assets/hostile.txt");
/// So many tricks have one author at the rude site.
const EACH: usize = 8;

/// Whatever runs, or is kept from running only by the policy, is written down.
const TRAP: &str = "window.seen = [];
    for (const name of ['ran', 'alert', 'confirm', 'prompt', 'print'])
        window[name] = (...what) => void window.seen.push(name + ' ' + what);
    addEventListener('securitypolicyviolation',
        e => window.seen.push('policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample), true);";

/// What stands in the page that no page of ours has.
const AUDIT: &str = "const bad = [];
    const words = '.text, .about, dd, bdi, .said, blockquote, .media';
    for (const e of document.querySelectorAll('*')) {
        const tag = e.localName, inside = e.closest(words) !== null;
        for (const a of e.attributes) {
            if (/^on/i.test(a.name)) bad.push(tag + ' has ' + a.name);
            if (/^(href|src|action|formaction|data|xlink:href|poster|srcset)$/i.test(a.name)
                && /^[\\s\\x00-\\x20]*(javascript|data|vbscript):/i.test(a.value)) bad.push(tag + ' leads to ' + a.value);
            if (inside && e.closest('.text') && /^(style|id|name|form|hx-.*|formaction|action)$/i.test(a.name))
                bad.push(tag + ' in a text has ' + a.name);
        }
        if (/^(iframe|object|embed|base|math|marquee|style|foreignobject|template|frameset)$/.test(tag))
            bad.push(tag + ' is there');
        if (tag === 'script' && !(e.src || '').startsWith(location.origin + '/')) bad.push('a script from ' + e.src);
        if (tag === 'meta' && e.httpEquiv) bad.push('a meta for ' + e.httpEquiv);
        if (inside && e.closest('.text') && /^(svg|form|input|button|select|video|audio|details)$/.test(tag)
            && !(tag === 'svg' && e.classList.length)) bad.push(tag + ' in a text');
    }
    for (const id of ['main', 'act']) if (document.querySelectorAll('#' + id).length > 1) bad.push('two of #' + id);
    return [...window.seen, ...bad];";

fn corpus() -> Vec<&'static str> {
    CORPUS.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).collect()
}

/// Two sites that speak with everybody: their people, and how they name each other.
struct Open {
    engineering: TestApp,
    sales: TestApp,
}

pub async fn nothing_of_the_corpus_runs(stage: Arc<Stage>) {
    let (engineering, sales) = tokio::join!(
        TestApp::build().named("engineering").open().start(),
        TestApp::build().named("sales").open().start(),
    );
    let open = Open { engineering, sales };
    let (ann, bob) = tokio::join!(open.engineering.admin("ann"), open.sales.admin("bob"));
    bob.follows(&ann).await;
    typed(&ann).await;
    let last = *corpus().last().expect("the corpus has lines");
    bob.sees(last).await;
    let peer = rude(&open.sales, &bob).await;

    let mut wrong = Vec::new();
    let hers = stage.signed_in(&open.engineering, &ann).await;
    let his = stage.signed_in(&open.sales, &bob).await;
    for tab in [&hers, &his] {
        tab.runs_first(TRAP).await;
        wrong.extend(walk(tab, "/").await);
        for path in ["/people", "/notifications", "/timelines/organisation", "/requests", "/desk"] {
            wrong.extend(look(tab, path).await);
        }
    }
    wrong.extend(walk(&hers, "/@ann").await);
    wrong.extend(walk(&his, &format!("/@{}", ann.handle)).await);
    for name in authors() {
        let path = format!("/@{}", peer.handle(&name));
        wrong.extend(walk(&his, &path).await);
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "hostile words do something:\n{}", wrong.join("\n"));
}

/// Ann writes each line as a post, and them into every field that she has.
async fn typed(ann: &Person) {
    let lines = corpus();
    let fields: Vec<Value> = lines
        .iter()
        .take(4)
        .map(|line| json!({ "name": short(line, 40), "value": short(line, 120) }))
        .collect();
    let bio = short(&lines.join("\n\n"), 450);
    let change = json!({ "display_name": short(lines[6], 25), "note": bio, "fields_attributes": fields });
    send(ann.request(Method::PATCH, "/api/v1/accounts/update_credentials").json(&change)).await.ok();
    let file = "\\\"><img src=x onerror=ran(99)>.png";
    let picture = ann.uploads_picture(lines[5]).await;
    let image = ann.get(&format!("/api/v1/media/{}", picture["id"].as_str().unwrap_or_default())).await.ok();
    assert!(!image.text().contains("onerror=ran(99)"));
    // A name of a file that is no picture may be refused, but nobody shows it as it is.
    ann.uploads(file, "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='ran(98)'/>", "x")
        .await;
    ann.posts_with(
        json!({ "status": "With a picture", "media_ids": [picture["id"]], "spoiler_text": lines[7] }),
    )
    .await;
    let options = [short(lines[0], 50), short(lines[6], 50)];
    ann.posts_with(json!({ "status": "Asked", "poll": { "options": options, "expires_in": 3_600 } })).await;
    for line in lines {
        ann.posts(line).await;
    }
}

/// The people at the rude site, each with some of the tricks.
fn authors() -> Vec<String> {
    (0..corpus().len().div_ceil(EACH)).map(|at| format!("mallory{at}")).collect()
}

/// A rude site sends each line, as a text and in everything around it.
async fn rude(site: &TestApp, reader: &Person) -> Peer {
    let names = authors();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let peer = Peer::start(&names).await;
    let lines = corpus();
    for (name, tricks) in names.iter().zip(lines.chunks(EACH)) {
        let id = peer.person(name);
        let mut actor = peer.actor_document(&id, name, "Person");
        actor["name"] = json!(tricks[0]);
        actor["summary"] = json!(tricks.join(" "));
        actor["icon"] = json!({ "type": "Image", "mediaType": "image/svg+xml", "url": "javascript:ran(90)" });
        actor["url"] = json!("javascript:ran(91)");
        let field = |trick: &&str| json!({ "type": "PropertyValue", "name": trick, "value": trick });
        actor["attachment"] = tricks.iter().map(field).collect();
        peer.publish(&actor);
        reader.finds(&peer.handle(name)).await;
        for trick in tricks {
            let mut note = peer.note(&id, trick, &[site.actor(&reader.name).as_str()]);
            note["content"] = json!(trick);
            note["summary"] = json!(if trick.contains("svg") { Some(trick) } else { None });
            note["url"] = json!("javascript:ran(92)");
            note["attachment"] = json!([
                { "type": "Document", "mediaType": "image/png", "url": "javascript:ran(93)", "name": trick },
                { "type": "Document", "mediaType": "text/html", "url": peer.url("/x.html"), "name": trick },
            ]);
            note["tag"] = json!([
                { "type": "Mention", "href": site.actor(&reader.name), "name": trick },
                { "type": "Hashtag", "href": "javascript:ran(94)", "name": trick },
                { "type": "Emoji", "name": trick, "icon": { "type": "Image", "url": "javascript:ran(95)" } },
            ]);
            peer.publish(&note);
            peer.letter(&peer.create(&note)).to(&site.shared_inbox()).await;
        }
    }
    site.settles().await;
    peer
}

/// All pages of a list.
async fn walk(tab: &Tab, path: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        wrong.extend(look(tab, &path).await);
        let older = "return document.querySelector('.pager [rel=next]')?.getAttribute('href') ?? null";
        next = tab.tells(older).await.as_str().map(str::to_owned);
    }
    wrong
}

/// Opens a page, everything in it that can be opened, and looks what came of that.
async fn look(tab: &Tab, path: &str) -> Vec<String> {
    tab.open(path).await;
    let unfold = "const done = arguments[arguments.length - 1];
        for (const d of document.querySelectorAll('details')) d.open = true;
        for (const i of document.images) i.loading = 'eager';
        scrollTo(0, document.body.scrollHeight);
        requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
    tab.promises(unfold, Vec::new()).await;
    let found = tab.tells(AUDIT).await;
    let found: Vec<String> = serde_json::from_value(found).expect("a list of words");
    found.into_iter().map(|what| format!("{path}: {what}")).collect()
}

fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

pub async fn a_form_of_another_page_is_refused(stage: Arc<Stage>) {
    let site = stage.engineering();
    let (ann, mallory) = tokio::join!(
        stage.somebody(site, "ann", breezeway::domain::auth::Role::Member),
        stage.somebody(site, "mallory", breezeway::domain::auth::Role::Member),
    );
    // A token of somebody else is no better than none.
    let hers = mallory.browser().await.open("/compose").await.ok().text();
    let token = hers.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let token = token.expect("the page has a token").to_owned();
    let tab = stage.signed_in(site, &ann).await;

    for token in [String::new(), token] {
        let action = site.url("/compose");
        let trap = format!(
            "<!doctype html><form method=post enctype=multipart/form-data action=\"{action}\">\
             <input name=csrf value=\"{token}\"><input name=once value=\"1\"><input name=back value=\"/\">\
             <input name=text value=\"forged words\"></form>\
             <button onclick=\"document.forms[0].submit()\">A kitten</button>"
        );
        let elsewhere = serves(trap).await;
        tab.open(&elsewhere).await;
        tab.press_words("A kitten").await;
        tab.comes_to("/compose").await;
    }
    site.settles().await;
    let posts = ann.get(&format!("/api/v1/accounts/{}/statuses", ann.id)).await.ok();
    assert_eq!(posts.json(), json!([]), "nothing was posted in her name");
}

pub async fn a_form_that_is_sent_again_posts_once(stage: Arc<Stage>) {
    let (ann, _) = stage.ann_and_bob().await;
    let tab = stage.signed_in(stage.engineering(), &ann).await;
    tab.open("/compose").await;
    let twice =
        "const done = arguments[arguments.length - 1], form = document.querySelector('.composer form');
        form.querySelector('textarea').value = arguments[0];
        const body = new FormData(form), send = () => fetch(form.action, { method: 'POST', body });
        Promise.all([send(), send(), send()]).then(send).then(a => done(a.status), e => done(String(e)));";
    tab.promises(twice, vec![json!("Once is enough")]).await;
    tab.open("/compose").await;
    tab.write(".composer textarea", "A double click").await;
    tab.tells("const b = document.querySelector('.composer .send button'); b.click(); b.click();").await;
    tab.finds_at("/", "A double click").await;

    let posts = ann.get(&format!("/api/v1/accounts/{}/statuses", ann.id)).await.ok().json();
    assert_eq!(posts.as_array().map(Vec::len), Some(2), "{posts}");
}

/// Answers a page at another address of this machine.
async fn serves(page: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("the listener has an address");
    tokio::spawn(async move {
        while let Ok((mut to, _)) = listener.accept().await {
            let mut asked = [0; 4096];
            let _ = to.read(&mut asked).await;
            let length = page.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
            );
            let _ = to.write_all(head.as_bytes()).await;
            let _ = to.write_all(page.as_bytes()).await;
        }
    });
    format!("http://{address}/")
}
