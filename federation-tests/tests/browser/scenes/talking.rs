//! Posts, and what colleagues of both sites do with them.

use std::sync::Arc;

use breezeway::testing::Person;
use breezeway::testing::text_of;

use crate::stage::Stage;
use crate::tab::Tab;

const OPTION_1: &str = "input[name=poll_option]:nth-of-type(1)";
const OPTION_2: &str = "input[name=poll_option]:nth-of-type(2)";
/// Where one answers, below a post or on a page of its own; a home has a composer besides.
const ANSWER: &str = ".composer:is(.answer, .whole)";

/// Ann writes at engineering, Bob of sales follows her and has his home open.
async fn ann_writes_for_bob(stage: &Stage, text: &str) -> (Person, Arc<Tab>, Person, Arc<Tab>) {
    let (ann, bob) = stage.ann_and_bob().await;
    bob.follows(&ann).await;
    let (hers, his) =
        tokio::join!(stage.signed_in(stage.engineering(), &ann), stage.signed_in(stage.sales(), &bob));
    hers.open("/").await;
    hers.posts(text).await;
    his.finds_at("/", &text.replace("**", "")).await;
    (ann, hers, bob, his)
}

pub async fn a_conversation_goes_across(stage: Arc<Stage>) {
    let (_, hers, bob, his) = ann_writes_for_bob(&stage, "The pipeline takes **eleven** minutes").await;

    his.press(".post .acts a[href^='/compose?reply=']").await;
    his.writes_in(ANSWER, "Shipping with it before lunch").await;
    hers.finds_at("/notifications", "Shipping with it before lunch").await;
    hers.sees_in("section.news", &bob.name).await;

    // The post shows the answer below it, and its author answers there.
    hers.press("section.news a.quote").await;
    hers.sees_in("main", "Shipping with it before lunch").await;
    hers.sees_in(".text strong", "eleven").await;
    hers.writes_in(ANSWER, "Call before ten").await;
    his.finds_at("/notifications", "Call before ten").await;
}

pub async fn a_like_and_a_repost_are_counted_at_the_other_site(stage: Arc<Stage>) {
    let text = "Four people join us on Monday";
    let (ann, _, _, his) = ann_writes_for_bob(&stage, text).await;

    his.press(".post .acts [formaction$='/like']").await;
    his.has(".post .acts [formaction$='/unlike']", "aria-pressed", "true").await;
    his.press(".post .acts [formaction$='/repost']").await;
    his.has(".post .acts [formaction$='/unrepost']", "aria-pressed", "true").await;
    ann.counts(text, (1, 1)).await;

    // Both can be taken back, also after a reload.
    his.open("/").await;
    his.press(".post .acts [formaction$='/unlike']").await;
    his.has(".post .acts [formaction$='/like']", "aria-pressed", "false").await;
    his.press(".post .acts [formaction$='/unrepost']").await;
    his.has(".post .acts [formaction$='/repost']", "aria-pressed", "false").await;
    ann.counts(text, (0, 0)).await;
}

pub async fn a_post_is_edited(stage: Arc<Stage>) {
    let (_, hers, _, his) = ann_writes_for_bob(&stage, "Lunch is at noon").await;

    hers.choose(".post", "a[href$='/edit']").await;
    hers.finds(".composer.whole textarea").await;
    assert_eq!(hers.value(".composer.whole textarea").await, "Lunch is at noon");
    hers.writes_in(ANSWER, "Lunch is at one").await;
    hers.sees_in(".post .text", "Lunch is at one").await;

    his.finds_at("/", "Lunch is at one").await;
    assert!(!his.says("Lunch is at noon").await);
    his.sees_in(".post .when", "edited").await;
}

pub async fn a_deleted_post_goes_and_its_words_come_back(stage: Arc<Stage>) {
    let text = "The roof terrace is open until nine";
    let (_, hers, _, his) = ann_writes_for_bob(&stage, text).await;

    hers.choose(".post", "[formaction$='/delete']").await;
    hers.finds(".flash a.button").await;
    assert!(!hers.texts(".post .text").await.iter().any(|shown| shown.contains(text)));
    his.loses_at("/", text).await;

    // What is gone elsewhere stays gone; its words come back to be posted anew.
    hers.press(".flash a.button").await;
    hers.finds(".composer.whole textarea").await;
    assert_eq!(hers.value(".composer.whole textarea").await, text);
    hers.press(".composer.whole .send button.primary").await;
    hers.sees_in(".post .text", text).await;
    his.finds_at("/", text).await;
}

pub async fn a_poll_is_voted_on_across(stage: Arc<Stage>) {
    let (ann, bob) = stage.ann_and_bob().await;
    bob.follows(&ann).await;
    let hers = stage.signed_in(stage.engineering(), &ann).await;
    hers.open("/compose").await;
    hers.write(".composer textarea", "Where do we meet?").await;
    hers.press("summary[title='Poll']").await;
    hers.write(OPTION_1, "On the roof").await;
    hers.write(OPTION_2, "In the cellar").await;
    hers.press(".composer .send button.primary").await;
    hers.finds("nav.rail").await;

    let his = stage.signed_in(stage.sales(), &bob).await;
    his.finds_at("/", "On the roof").await;
    his.press(".poll label.choice").await;
    his.press(".poll button").await;
    his.sees_in(".poll .share", "100").await;
    hers.open("/").await;
    let path = hers.path_of("Where do we meet?").await;
    hers.finds_at(&path, "1 person").await;
}

pub async fn a_warning_hides_the_words_until_they_are_asked_for(stage: Arc<Stage>) {
    let (ann, bob) = stage.ann_and_bob().await;
    bob.follows(&ann).await;
    let hers = stage.signed_in(stage.engineering(), &ann).await;
    hers.open("/compose").await;
    hers.write(".composer textarea", "The butler did it").await;
    hers.press("summary[title='Content warning']").await;
    hers.write("[id^='warning-']", "The end of the film").await;
    hers.press(".composer .send button.primary").await;
    hers.finds("nav.rail").await;

    let his = stage.signed_in(stage.sales(), &bob).await;
    his.finds_at("/", "The end of the film").await;
    assert!(!his.says("The butler did it").await, "the words are folded");
    his.press("details.warned > summary").await;
    his.sees("The butler did it").await;
}

pub async fn what_is_refused_is_given_back(stage: Arc<Stage>) {
    let (ann, _) = stage.ann_and_bob().await;
    let tab = stage.signed_in(stage.engineering(), &ann).await;
    tab.open("/compose").await;
    tab.write(".composer textarea", "A poll with one option is none").await;
    tab.press("summary[title='Poll']").await;
    tab.write(OPTION_1, "The only one").await;
    tab.press(".composer .send button.primary").await;

    tab.finds(".extras .wrong").await;
    assert_eq!(tab.value(".composer textarea").await, "A poll with one option is none");
    assert_eq!(tab.value(OPTION_1).await, "The only one");
    assert!(ann.home().await.iter().all(|status| !text_of(status, "content").contains("is none")));
}

/// What tests ask of the API that the pages do not say as exactly.
trait Counts {
    /// Waits until a post of this person has so many likes and reposts.
    async fn counts(&self, text: &str, wanted: (i64, i64));
}

impl Counts for Person {
    async fn counts(&self, text: &str, wanted: (i64, i64)) {
        let what = format!("{} counts {wanted:?} under “{text}”", self.handle);
        breezeway::testing::eventually(&what, async || {
            let status = self.sees(text).await;
            let counted = (status["favourites_count"].as_i64()?, status["reblogs_count"].as_i64()?);
            (counted == wanted).then_some(())
        })
        .await;
    }
}
