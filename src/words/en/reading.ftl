# Reading: home, what came since, the thread, what arrives live, the keys.
home-timelines = Timelines
home-about = About this site
home-this-site = This site
home-in-touch = In touch with
home-you-were-here = You were here
home-find-people = Find people
home-write = Write a post
home-empty-following = Quiet so far
home-empty-following-text = Follow a few colleagues, and what they write appears here.
home-empty-site = Nobody wrote yet
home-empty-site-text = What is written for everybody at this site appears here. Begin!
home-empty-organisation = Nobody wrote yet
home-empty-organisation-text = What is written for the whole organisation appears here, from every site.

catch-up-title = Since your last visit
catch-up-summary = { $posts ->
    [one] { $posts } post
   *[other] { $posts } posts
} by { $people ->
    [one] one person
   *[other] { $people } people
} at { $sites ->
    [one] one site
   *[other] { $sites } sites
}
catch-up-summary-more = More than { $posts } posts, the latest by { $people ->
    [one] one person
   *[other] { $people } people
} at { $sites ->
    [one] one site
   *[other] { $sites } sites
}
catch-up-mentions = { $n ->
    [one] One post mentions you
   *[other] { $n } posts mention you
}
catch-up-conversation = { $n ->
    [one] One new reply
   *[other] { $n } new replies
} to “{ $title }”
catch-up-read = Read them in order
catch-up-later = Not now
catch-up-heading = Catch up
catch-up-oldest-first = Oldest first, since your last visit
catch-up-pages = Pages
catch-up-left = { $n ->
    [one] One post is left
   *[other] { $n } posts are left
}
catch-up-on = Read on
catch-up-done = That is all
catch-up-done-text = You have read everything that came.
catch-up-home = To the newest

post-of = Post of { $name }

thread-replies = { $n ->
    [one] { $n } reply
   *[other] { $n } replies
}
thread-no-replies = No replies yet
thread-first-unread = { $n ->
    [one] First unread
   *[other] First of { $n } unread
}
thread-answers = Replies
thread-folded = { $n ->
    [one] One reply
   *[other] { $n } replies
} from { $names }
thread-fold = , replies to { $name }: fold or unfold
thread-further = { $n ->
    [one] One more reply
   *[other] { $n } more replies
}
thread-cut-below = There are more replies than one page shows. Open a reply to read what comes below it.
thread-further-up = This conversation is longer than one page.
thread-read-before = Read what comes before
thread-missing-above = The beginning of this conversation is at another site and cannot be shown here.
thread-earlier = Earlier in this conversation
thread-steps = Step by step
thread-about = About this conversation
thread-people = In this conversation

live-pill-one = 1 new post
live-pill-many = # new posts
live-answer-one = 1 new reply
live-answer-many = # new replies
live-look = See what is new
live-gone = This post is gone.
live-failed = That did not work. Is the network gone? Try again.

keys-title = Keyboard
keys-intro = Single keys do this while nothing is typed:
keys-next = Next post
keys-previous = Previous post
keys-open = Open the post
keys-reply = Reply
keys-like = Like, or take it back
keys-repost = Repost, or take it back
keys-show = Show or hide what is covered or folded
keys-write = Write a post
keys-newer = Show what is new
keys-unread = To the first unread
keys-search = Search
keys-help = These keys
keys-close = Close what is open
keys-switch-off = Switch single keys off
keys-switch-on = Switch single keys on
keys-are-on = They are on in this browser.
keys-are-off = They are off in this browser.
