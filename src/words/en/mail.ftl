# Mails.
mail-hello = Hello { $name },
mail-hello-stranger = Hello,
mail-why = You get this mail since you have an account at { $site }.
mail-why-asked = Somebody asked for this mail at { $site }.
mail-settings = Choose what you get by mail
mail-stop-news = No mails about notifications
mail-stop-digest = No digest

mail-invitation-subject = { $by } invites you to { $site }
mail-invitation-subject-nobody = You are invited to { $site }
mail-invitation-by = { $by } invites you to { $site }.
mail-invitation-nobody = You are invited to { $site }.
mail-invitation-button = Make your account
mail-invitation-after = The link works once, until { $until }. If you expected no invitation, do nothing.

mail-confirmation-subject = Is this your address at { $site }?
mail-confirmation-line = Please confirm that this is your e-mail address. Only then are notifications and digests sent to it.
mail-confirmation-button = Confirm the address
mail-confirmation-after = The link works for a day. If you have no account at { $site }, somebody mistyped an address: do nothing.

mail-reset-subject = A new password for { $site }
mail-reset-line = Somebody, hopefully you, asked for a new password for @{ $username }.
mail-reset-button = Choose a new password
mail-reset-after = The link works once, for a day. Until you use it, the old password stays. If it was not you, do nothing.

mail-news-subject = { $n ->
    [one] { $what }
   *[other] { $n } new notifications at { $site }
}
mail-news-line = This happened while you were away.
mail-news-title = New for you
mail-news-button = Open the notifications

mail-digest-subject = What you missed at { $site }
mail-digest-line = Here is what happened since { $since }.
mail-digest-news = For you
mail-digest-posts = From people you follow
mail-digest-more-news = { $n ->
    [one] And one more notification.
   *[other] And { $n } more notifications.
}
mail-digest-more-posts = { $n ->
    [one] And at least one more post.
   *[other] And at least { $n } more posts.
}
mail-digest-button = Read on at { $site }

mail-decision-subject = The moderators of { $site } decided something that concerns you
mail-decision-warn = The moderators send you a note.
mail-decision-remove = The moderators removed a post of yours.
mail-decision-limit = The moderators limited your account: only those who follow you see your posts.
mail-decision-suspend = The moderators suspended your account. You cannot sign in.
mail-decision-other = The moderators decided something that concerns your account.
mail-decision-undone = The moderators took a decision about your account back.
mail-decision-reason = Their reason: { $reason }
mail-decision-after = If you think that this is wrong, answer those who run the site.

mail-wrote = { $who } wrote
mail-replied = { $who } replied to you
mail-mentioned = { $who } mentioned you
mail-mentioned-direct = { $who } wrote to you alone
mail-reposted = { $who } reposted your post
mail-followed = { $who } follows you
mail-asks-to-follow = { $who } asks to follow you
mail-liked = { $who } liked your post
mail-changed = { $who } changed a post that you liked or reposted
mail-reacted = { $who } reacted to your post
mail-poll-ended = A poll by { $who } has ended
mail-quoted = { $who } quoted your post
mail-asks-to-quote = { $who } asks to quote your post
mail-asks-to-reply = { $who } asks to reply to your post
mail-reported = { $who } reported somebody to the moderators
mail-with-warning = Behind a warning: { $warning }
mail-an-image = An image
mail-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
