# Notifications, their settings, and what mails lead to.
news-title = Notifications
news-tabs = Kinds of notifications
news-all = All
news-mentions = Mentions
news-follows = Followers
news-polls = Polls
news-requests = Requests
news-others = { $n ->
    [one] and one other
   *[other] and { $n } others
}
news-replied = replied to you
news-mentioned = mentioned you
news-wrote = wrote
news-reposted = reposted your post
news-follow-you = follow you
news-follows-you = follows you
news-asks-to-follow = asks to follow you
news-liked = liked your post
news-changed = changed a post that you liked or reposted
news-reacted = reacted to your post
news-poll-ended = asked a question in which the voting has ended
news-quoted = quoted your post
news-asks-to-quote = asks to quote your post
news-asks-to-reply = asks to reply to your post
news-reported = reported somebody to the moderators
news-image = An image
news-show = Show
news-accept = Accept
news-decline = Decline
news-empty = Nothing new
news-empty-hint = Replies, mentions, likes and new followers appear here.
news-empty-tab-hint = Nothing of this kind yet.
news-read = Mark all as read
news-read-done = All notifications are marked as read.
news-clear = Clear all
news-clear-ask = Remove all notifications? The posts stay.
news-clear-yes = Remove them all
news-cleared = All notifications are removed.
news-settings = Choose what you hear of
news-held = Held back
news-held-hint = Your settings hold notifications of these people back until you decide.
news-held-count = { $n ->
    [one] one notification
   *[other] { $n } notifications
}
news-held-take = Show them
news-held-dismiss = Remove
news-held-taken = You hear of { $who } from now on.
news-held-dismissed = The notifications of { $who } are removed.

telling-title = Notifications and mail
telling-saved = Saved.
telling-save = Save
telling-kinds = What you hear of
telling-kinds-hint = What is not shown here is not told in any other way either.
telling-what = Kind
telling-page = Here
telling-push = Wake me
telling-mail = Mail
telling-kind-mention = Mentions and replies
telling-kind-quote = Somebody quotes you
telling-kind-status = Posts of people whose every post you want
telling-kind-favourite = Likes
telling-kind-reaction = Reactions from elsewhere
telling-kind-reblog = Reposts
telling-kind-update = Changes of posts you liked or reposted
telling-kind-poll = Ends of polls
telling-kind-follow = New followers
telling-kind-follow-request = Requests to follow you
telling-kind-quote-request = Requests to quote you
telling-kind-reply-request = Requests to reply to you
telling-kind-admin-report = Reports to the moderators
telling-mail-h = Mail
telling-mail-off = This site sends no mails.
telling-unconfirmed = Your address { $address } is not confirmed. Until then you get no notifications and no digest by mail.
telling-ask-confirmation = Send me a mail to confirm it
telling-confirmation-sent = A mail is on its way. Follow the link in it.
telling-confirmation-needless = There is nothing to confirm.
telling-news = Mails about notifications
telling-news-hint = Only what you have not seen here after ten minutes, several in one mail.
telling-digest = Digest
telling-digest-never = Never
telling-digest-daily = Every day
telling-digest-weekly = Every week
telling-digest-hint = What you missed. If nothing is new, no mail comes.
telling-weekday = Day of the weekly digest
telling-day = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
telling-hour = Hour of the digest
telling-language = Language of mails
telling-language-site = As the site
telling-quiet = Hours of rest
telling-quiet-on = Leave me alone for some hours
telling-quiet-hint = Mails and messages wait until they are over.
telling-from = From
telling-until = Until
telling-zone = Time zone
telling-zone-wrong = The site does not know this time zone. Write it as in Europe/Berlin.
telling-policy = People you may not know
telling-policy-hint = What is held back waits under Notifications, Requests, until you decide.
telling-policy-not-following = People you do not follow
telling-policy-not-followers = People who do not follow you
telling-policy-new-accounts = Accounts of the last 30 days
telling-policy-private-mentions = Unasked posts to you alone
telling-policy-limited = People whom the moderators limited
telling-verdict-accept = Tell me
telling-verdict-filter = Hold back
telling-verdict-drop = Ignore
telling-push-h = This browser
telling-push-hint = The browser can wake you when no page is open. The message goes through a service of whoever makes the browser, encrypted; that service sees when you are woken, but not why.
telling-push-begin = Wake me in this browser
telling-push-end = Wake me no more in this browser
telling-push-refused = That did not work. The browser may have forbidden it; look at its settings for this site.
telling-push-script = This needs scripts.
telling-push-on = This browser wakes you from now on.
telling-push-off = This browser wakes you no more.

door-back-to-sign-in = Back to signing in
door-forgot = Password forgotten?
forgot-title = Password forgotten
forgot-lead = Say who you are; you get a mail with a link by which you choose a new password.
forgot-send = Send me a link
forgot-asked = If there is an account by this name or address, a mail is on its way to it.
forgot-nothing-came = Nothing came after some minutes? Look into the folder for spam, or ask the people who run this site for a link.
forgot-no-mail = This site sends no mails. Ask the people who run it for a link.
forgot-login-wrong = Write your name or your e-mail address.
confirm-title = Confirm your address
confirm-lead = Is { $address } your e-mail address?
confirm-button = Yes, it is mine
confirm-done = Thank you, your address is confirmed.
confirm-on = Go on
confirm-old = This link was used already or is too old. Ask for a new one in the settings, under Notifications and mail.
unsubscribe-title = Fewer mails
unsubscribe-lead-news = You will get no more mails about notifications.
unsubscribe-lead-digest = You will get no more digests.
unsubscribe-button = Yes, stop them
unsubscribe-done-news = You get no more mails about notifications.
unsubscribe-done-digest = You get no more digests.
unsubscribe-settings = Choose what you get
unsubscribe-old = This link is not whole, or too old. You can choose what you get in the settings.
invite-sent = The invitation is on its way to { $address }.
invite-email = E-mail address
invite-email-hint = The invitation works once and for a week. Leave it empty to get a link that you hand on yourself.
invite-send = Invite
telling-link = Of what you hear, how, and when you are left alone.
telling-link-go = Choose
