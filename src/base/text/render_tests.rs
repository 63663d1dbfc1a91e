//! What people type, and how it looks.

use insta::assert_snapshot;

use super::*;

const ORIGIN: &str = "https://eng.example.org";

fn markdown(source: &str) -> String {
    let bob = ResolvedMention {
        text_handle: "bob@127.0.0.2:4105".to_owned(),
        url: "http://127.0.0.2:4105/@bob".to_owned(),
        uri: "http://127.0.0.2:4105/users/bob".to_owned(),
    };
    render(source, Format::Markdown, &[bob], ORIGIN).into_string()
}

fn plain(source: &str) -> String {
    render(source, Format::Plain, &[], ORIGIN).into_string()
}

fn names(found: &Found) -> Vec<String> {
    let mentions = found.mentions.iter().map(|mention| format!("@{mention}"));
    mentions.chain(found.hashtags.iter().map(|hashtag| format!("#{}", hashtag.name))).collect()
}

#[test]
fn plain_text_has_paragraphs_lines_and_links() {
    assert_snapshot!(plain("a & b\r\n<c>\n\n\nd"), @"<p>a &amp; b<br>&lt;c&gt;</p><p>d</p>");
    assert_snapshot!(
        plain("see https://www.example.org/a/very/long/address/of/a/page."),
        @r#"<p>see <a href="https://www.example.org/a/very/long/address/of/a/page" rel="nofollow noopener noreferrer" translate="no"><span class="invisible">https://www.</span><span class="ellipsis">example.org/a/very/long/addres</span><span class="invisible">s/of/a/page</span></a>.</p>"#
    );
    assert_eq!(plain("*not* emphasis"), "<p>*not* emphasis</p>");
    assert_eq!(plain(" \n "), "");
}

#[test]
fn mentions_lead_to_people_and_hashtags_to_their_page() {
    assert_snapshot!(
        markdown("Hi @Bob@127.0.0.2:4105 and @nobody"),
        @r#"<p>Hi <span class="h-card" translate="no"><a href="http://127.0.0.2:4105/@bob" class="u-url mention" rel="nofollow noopener noreferrer">@<span>Bob</span></a></span> and @nobody</p>"#
    );
    assert_snapshot!(
        markdown("#Fête"),
        @r##"<p><a href="https://eng.example.org/tags/f%C3%AAte" class="mention hashtag" rel="nofollow noopener noreferrer">#<span>Fête</span></a></p>"##
    );
}

#[test]
fn markdown_is_dressed_plainly() {
    assert_eq!(markdown("# Title\n\ntext"), "<p><strong>Title</strong></p><p>text</p>");
    assert_eq!(markdown("one\ntwo  \nthree"), "<p>one<br>two<br>three</p>");
    assert_eq!(
        markdown("**b** *i* ~~d~~ `c<`"),
        "<p><strong>b</strong> <em>i</em> <del>d</del> <code>c&lt;</code></p>"
    );
    assert_eq!(markdown("- a\n- b\n\n3. c"), "<ul><li>a</li><li>b</li></ul><ol start=\"3\"><li>c</li></ol>");
    assert_eq!(
        markdown("> q\n\n```rust\nlet a = \"#x\";\n```"),
        "<blockquote><p>q</p></blockquote><pre><code>let a = &quot;#x&quot;;\n</code></pre>"
    );
    assert_eq!(
        markdown("[x](https://a.example/_b_ \"t\") ![alt](https://a.example/i.png)"),
        "<p><a href=\"https://a.example/_b_\" rel=\"nofollow noopener noreferrer\" translate=\"no\">x</a> \
         <a href=\"https://a.example/i.png\" rel=\"nofollow noopener noreferrer\" translate=\"no\">alt</a></p>"
    );
}

#[test]
fn marks_of_markdown_inside_addresses_and_names_mean_nothing() {
    let html = markdown("**https://a.example/__init__.py** <https://b.example/*x*> @__ann__ _x_");

    assert!(html.contains("href=\"https://a.example/__init__.py\""), "{html}");
    assert!(html.contains("href=\"https://b.example/*x*\""), "{html}");
    assert!(html.contains("@__ann__ <em>x</em>"), "{html}");
    assert!(!html.contains("&lt;"), "{html}");
    assert!(html.starts_with("<p><strong><a "), "{html}");
    assert!(markdown("a <https://b.example c").contains("a &lt;<a href=\"https://b.example\""));
}

#[test]
fn html_is_shown_as_typed() {
    assert_eq!(markdown("<b>x</b>"), "<p>&lt;b&gt;x&lt;/b&gt;</p>");
    assert_eq!(
        markdown("<script>\nalert(1)\n</script>"),
        "<p>&lt;script&gt;<br>alert(1)<br>&lt;/script&gt;</p>"
    );
    assert_eq!(markdown("a <img src=x onerror=alert(1)>"), "<p>a &lt;img src=x onerror=alert(1)&gt;</p>");
}

#[test]
fn links_lead_only_to_the_web_or_a_mailbox() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/x",
        "vbscript:x",
        "java\\script:x",
        "&#106;avascript:alert(1)",
    ] {
        let html = markdown(&format!("[x]({address})"));
        assert!(!html.contains("<a"), "{html}");
    }
    let html = markdown("[x](https://a.example/\"onclick=\"alert(1))");
    assert!(!html.contains("\"onclick"), "{html}");
    assert!(markdown("<ann@example.org>").contains("href=\"mailto:ann@example.org\""));
}

#[test]
fn what_is_found_is_what_becomes_a_link() {
    let source = "@ann `@code` #Tag #tag [#no @no](https://a.example) \\@escaped\n\n    #indented\n\n@bob@b.example @ann";

    assert_eq!(names(&extract(source, Format::Markdown)), ["@ann", "@bob@b.example", "#Tag"]);
    assert_eq!(names(&extract("`@code` #a_b", Format::Plain)), ["@code", "#a_b"]);
}

#[test]
fn marks_of_our_own_cannot_be_forged() {
    assert_eq!(markdown("\u{e000}0\u{e001} @ann"), "<p>0 @ann</p>");
}

#[test]
fn whatever_is_typed_the_result_is_balanced_and_quick() {
    let pieces = [
        ">",
        "- ",
        "*",
        "_",
        "`",
        "[",
        "](",
        "![",
        "<",
        "@a",
        "#b ",
        "https://a.example ",
        "\n\n",
        "1. ",
        "~~",
        "&",
        "|",
        "\\",
        "> - ",
        "<a>",
        "[](x)",
        "**a ",
        "\t",
    ];
    for piece in pieces {
        let html = markdown(&piece.repeat(20_000 / piece.len()));
        let sanitised = crate::base::text::sanitise(&html[..html.len().min(1000)]);
        assert!(!sanitised.as_str().contains("<script"));
        for tag in ["p", "blockquote", "ul", "ol", "li", "strong", "em", "del", "a", "code"] {
            let opened =
                html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{piece:?} {tag}");
        }
    }
}
