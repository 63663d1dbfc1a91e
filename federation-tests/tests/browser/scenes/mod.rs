//! What is played: each line of the web app's promise, with scripts and, where people need it, without.

mod desk;
mod door;
mod hostile;
mod looks;
mod talking;
mod ties;
mod writing;

use crate::run::Scene;

/// Played with scripts.
macro_rules! with_scripts {
    ($($room:ident :: $play:ident),* $(,)?) => {
        vec![$(Scene {
            name: concat!(stringify!($room), "::", stringify!($play)),
            play: |stage| Box::pin($room::$play(stage)),
            scripts: true,
            ignored: false,
        }),*]
    };
}

/// All of them.
pub fn all() -> Vec<Scene> {
    let both = with_scripts![
        door::a_person_signs_in_and_out,
        door::a_wrong_password_keeps_the_name,
        door::a_colleague_is_invited_and_joins,
        talking::a_conversation_goes_across,
        talking::a_like_and_a_repost_are_counted_at_the_other_site,
        talking::a_post_is_edited,
        talking::a_deleted_post_goes_and_its_words_come_back,
        talking::a_poll_is_voted_on_across,
        talking::a_warning_hides_the_words_until_they_are_asked_for,
        talking::what_is_refused_is_given_back,
        ties::a_person_follows_across_and_ends_it,
        ties::a_request_is_accepted,
        ties::a_muted_person_is_not_heard,
        ties::a_blocked_person_is_gone,
        desk::a_post_is_reported_and_removed,
        desk::a_suspension_is_taken_back,
        writing::a_draft_is_kept_and_posted,
        writing::the_preview_shows_what_is_meant,
        writing::words_outlive_the_session,
    ];
    let without = both.iter().map(|scene| Scene { scripts: false, ..*scene }).collect();
    let only = with_scripts![
        hostile::nothing_of_the_corpus_runs,
        hostile::a_form_of_another_page_is_refused,
        hostile::a_form_that_is_sent_again_posts_once,
        writing::what_is_typed_is_kept_by_itself,
        writing::a_colleague_of_the_other_site_is_completed,
        looks::no_page_keeps_anybody_out,
        looks::nothing_jumps_and_little_is_loaded,
    ];
    let asked = with_scripts![looks::screenshots];
    let asked = asked.into_iter().map(|scene| Scene { ignored: true, ..scene }).collect();
    // What takes longest begins first.
    [only, both, without, asked].concat()
}
