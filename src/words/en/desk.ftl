# The desk: reports, the log, other sites, invitations.
desk-title = Desk
desk-open = Open reports
desk-resolved = Resolved
desk-log = Log
desk-sites = Sites
desk-invitations = Invitations
desk-spam = Advertising or noise
desk-legal = Perhaps against the law
desk-violation = Breaks our rules
desk-other = Something else
desk-reported-by = Reported by { $who }
desk-reported-by-site = Reported by the moderators of { $site }
desk-reported-by-somebody = Reported by somebody
desk-posts = 
    { $n ->
    [one] 1 post
    *[other] { $n } posts
    }
desk-resolved-at = resolved { $at }
desk-nothing-open = Nothing waits
desk-nothing-open-hint = When somebody reports a post or a person, it appears here.
desk-nothing-resolved = Nothing resolved yet
desk-nothing-resolved-hint = What moderators have dealt with appears here.
case-post = A reported post and its conversation
case-gone = The post is gone. When it was reported it said:
case-removed = Removed from this site.
case-remove = Remove this post
case-remove-hint = From this site only, whatever its origin says.
case-history = Done so far
case-decide = Decide
case-action = Action
case-act-limit = Limit { $name }
case-act-limit-hint = Only those who follow them see the posts here.
case-act-suspend = Suspend { $name }
case-act-suspend-hint = Nobody here sees or hears them any more.
case-act-block = Block { $name }
case-act-block-hint = Nothing is exchanged with the whole site.
case-act-none = Nothing
case-act-none-hint = The report is resolved, and nothing else changes.
case-reason = Reason
case-reason-hint = It stays in the log with your name.
case-resolve = The report is resolved with this
case-do = Do it
case-choose = Choose what to do.
case-done = Done, for this site, and written to the log.
case-resolved = The report is resolved.
case-suspended = Suspended since { $day }.
case-limited = Limited since { $day }.
case-free = Neither limited nor suspended.
log-remove_post = Removed a post of
log-limit_person = Limited
log-suspend_person = Suspended
log-block_site = Blocked the site
log-resolve_report = Resolved a report about
log-undo-done = Undid what was done about
log-former = a former moderator
log-post = the post
log-report = the report
log-undone = undone
log-undo = Undo
log-none = Nothing was done yet
log-none-hint = Every action of a moderator is written here, with its reason. Lines are added, never changed.
log-undid = That is undone, and the log says so.
sites-invite-title = Invite a site
sites-host = Address of the other site
sites-invite = Invite
sites-host-hint = Its administrator sees the invitation and accepts it. Until then nothing is exchanged.
sites-accept = Accept
sites-accept-name = Accept { $site }
sites-again = Invite again
sites-again-name = Invite { $site } again
sites-disconnect = Disconnect
sites-disconnect-name = Disconnect { $site }
sites-remove = Remove
sites-remove-name = Remove { $site }
sites-withdraw = Withdraw
sites-withdraw-name = Withdraw the invitation of { $site }
sites-decline = Decline
sites-decline-name = Decline { $site }
sites-none = This site stands alone
sites-none-hint = Invite the site of another department, and people of both can follow and answer one another.
sites-state-blocked = Blocked by the moderators of this site
sites-state-none = Not connected
sites-state-invited = Invited, has not answered yet
sites-state-requested = Wants to connect
sites-state-accepted = Connected
sites-given-up = 
    { $n ->
    [one] 1 delivery given up
    *[other] { $n } deliveries given up
    }
sites-removed = Nothing is exchanged with { $site } any more.
sites-connected = { $site } is connected.
sites-invited = { $site } is invited. It is connected as soon as its administrator accepts.
site-verdict-ok = Works
site-verdict-warn = Look at it
site-verdict-fail = Does not work
site-verdict-skipped = Not looked at
site-works = Everything works.
site-warned = It works; somebody should look at what is marked.
site-broken = It does not work: { $steps }.
site-deliveries = Deliveries
site-check = Check the connection
site-try = Try now
site-check-hint = The check asks the site for its name, address, certificate, clock, keys and inbox. It changes nothing there and takes up to half a minute.
site-given-up-hint = What the site would not take, or was not there to take. It is kept for a month.
site-cause-refused = Refused
site-cause-unreachable = Not reached
site-cause-stopped = Stopped: this site did not speak with it any more
site-resend = Send again
site-discard = Throw away
site-resend-all = Send all { $n } again
site-discard-all = Throw all away
site-more = And { $n } more.
site-all = All sites
site-tried = It is tried now.
site-resent = 
    { $n ->
    [one] 1 delivery is sent again.
    *[other] { $n } deliveries are sent again.
    }
site-discarded = 
    { $n ->
    [one] 1 delivery is thrown away.
    *[other] { $n } deliveries are thrown away.
    }
site-waiting = 
    { $n ->
    [one] 1 delivery waits
    *[other] { $n } deliveries wait
    }
site-gone = Gone: it has not answered since { $since }
site-silent = Has not taken anything since { $since }
site-nothing-sent = Nothing was sent to it yet
site-takes = Takes what is sent
site-on-its-way = 
    { $n ->
    [one] 1 delivery is on its way
    *[other] { $n } deliveries are on their way
    }
site-fact-waiting = Waiting
site-fact-oldest = The oldest since
site-fact-taken = Last taken
site-fact-error = Last error
site-fact-failures = Failures in a row
site-fact-next = Next attempt
site-fact-given-up = Given up
site-fact-dropped = Thrown away so far
site-fact-signatures = Signatures
site-never = never
invitations-title = Invite a colleague
invitations-ready = The link is ready.
invitations-until = It works once, until { $until }, and is shown only now.
invitations-link = Invitation link
invitations-as = As
invitations-member = Colleague
invitations-moderator = Moderator
invitations-admin = Administrator
invitations-hint = You get a link that you hand on yourself. It works once and for a week.
invitations-make = Make a link
