//! What is an address, a mention, a hashtag, and what only looks like one.

use super::*;

fn tokens(text: &str) -> Vec<String> {
    let tokens = scan(text);
    let put_together: usize = tokens
        .iter()
        .map(|token| match token {
            Token::Text(text) | Token::Url(text) => text.len(),
            Token::Hashtag(name) => name.len() + 1,
            Token::Mention(handle) => {
                1 + handle.username.len() + handle.host.map_or(0, |host| host.len() + 1)
            }
        })
        .sum();
    assert_eq!(put_together, text.len(), "{tokens:?}");
    tokens
        .into_iter()
        .filter_map(|token| match token {
            Token::Text(_) => None,
            Token::Url(url) => Some(url.to_owned()),
            Token::Hashtag(name) => Some(format!("#{name}")),
            Token::Mention(Handle { username, host: None }) => Some(format!("@{username}")),
            Token::Mention(Handle { username, host: Some(host) }) => Some(format!("@{username}@{host}")),
        })
        .collect()
}

#[test]
fn mentions_may_have_a_site_with_a_port() {
    assert_eq!(tokens("@ann and @bob_b@sales.example.org."), ["@ann", "@bob_b@sales.example.org"]);
    assert_eq!(tokens("(@ann@127.0.0.1:4105): hi"), ["@ann@127.0.0.1:4105"]);
    assert_eq!(tokens("@ann@127.0.0.1:4105, @bob@sales:"), ["@ann@127.0.0.1:4105", "@bob@sales"]);
    assert_eq!(tokens("@ann.smith@sales.example.org:99999"), ["@ann.smith@sales.example.org"]);
    assert_eq!(tokens("@ann's and @ann@"), ["@ann", "@ann"]);
}

#[test]
fn mail_addresses_and_escapes_are_no_mentions() {
    for text in ["ann@example.org", "a/@ann", r"\@ann", "@@ann", "@ ann", "@", "@-", "@é"] {
        assert_eq!(tokens(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(tokens(&format!("@{}", "a".repeat(200))), Vec::<String>::new());
}

#[test]
fn hashtags_are_words_of_any_script() {
    assert_eq!(
        tokens("#Rust #日本語タグ #Straße, #c3po #हिन्दी"),
        ["#Rust", "#日本語タグ", "#Straße", "#c3po", "#हिन्दी"]
    );
    assert_eq!(tokens("#a_b-c #fête!"), ["#a_b", "#fête"]);
    for text in ["#1", "#2024", "a#b", "##x", "# x", "&#39;", r"\#x", "#", "http://#x"] {
        assert_eq!(tokens(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn addresses_end_where_a_reader_would_end_them() {
    assert_eq!(tokens("see https://a.example/x."), ["https://a.example/x"]);
    assert_eq!(tokens("(https://a.example/x_(y)), ok"), ["https://a.example/x_(y)"]);
    assert_eq!(tokens("HTTP://A.example?q=1&r=@ann#top!"), ["HTTP://A.example?q=1&r=@ann#top"]);
    assert_eq!(tokens("<https://a.example>"), ["https://a.example"]);
    assert_eq!(tokens("http://127.0.0.1:4105/@ann"), ["http://127.0.0.1:4105/@ann"]);
    assert_eq!(tokens("https://a.example/\u{202e}gpj.exe"), ["https://a.example/"]);
    assert_eq!(tokens("https://例え.テスト/道、次"), ["https://例え.テスト/道"]);
    assert_eq!(tokens("[https://a.example](https://b.example)"), ["https://a.example", "https://b.example"]);
}

#[test]
fn only_http_makes_a_link() {
    for text in
        ["javascript:alert(1)", "ftp://a.example", "xhttps://a.example", "https://", "http://:80", "data:x"]
    {
        assert_eq!(tokens(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_megabyte_of_beginnings_takes_no_time() {
    for piece in
        ["https://!", "@", "#", "@a@", "@a@b.", "http://(", "https://x](", "h", "@a@b:", "https://a)", "[](("]
    {
        let text = piece.repeat(1_000_000 / piece.len());
        assert!(!tokens_within(&text).is_empty());
    }
}

fn tokens_within(text: &str) -> Vec<Token<'_>> {
    #[expect(clippy::disallowed_methods, reason = "this measures the machine")]
    let started = std::time::Instant::now();
    let tokens = scan(text);
    assert!(started.elapsed().as_secs() < 5, "{:?} for {}", started.elapsed(), &text[..10]);
    tokens
}
