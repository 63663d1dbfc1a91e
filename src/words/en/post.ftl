# A post and a poll, wherever they stand.
post-reactions = Reactions
post-read-on = Read on
post-quoted = Quoted post of { $name }
post-show-poll = Show the poll
post-quotes-another = Quotes another post
post-open-origin = Open it where it is
post-open-at = Open at { $site }
post-show = Show
post-hide = Hide
post-sensitive = { $n ->
    [one] Sensitive image
   *[other] Sensitive images
}
post-held = Only you and the people mentioned see it.
post-more = More about the post of { $name }
post-quote = Quote
post-ask-to-quote = Ask to quote
post-unquote = Take my post out of it
post-edit = Edit
post-pin = Pin to the profile
post-unpin = Take off the profile
post-delete = Delete
post-mute = Mute { $name }
post-block = Block { $name }
post-report = Report
post-moderate = Moderate
post-reply = Reply to { $name }
post-ask-to-reply = Ask to reply to { $name }
post-no-replies = { $name } does not want replies to this post
post-cannot-answer = Cannot be answered
post-repost = Repost
post-cannot-repost = Cannot be reposted
post-cannot-repost-why = Cannot be reposted: it would reach more people than its author chose
post-like = Like
post-pinned = Pinned
post-reposted-by = { $name } reposted
post-in-reply-to = In reply to
post-edited = edited
post-edited-short = Edited
post-edited-at = Edited { $at }
post-likes = { $n ->
    [one] like
   *[other] likes
}
post-reposts = { $n ->
    [one] repost
   *[other] reposts
}
poll-yours = your choice
poll-votes = { $n ->
    [one] { $n } vote
   *[other] { $n } votes
}
poll-ended = Ended { $at }
poll-final = final result
poll-at-end = results at the end
poll-choose-any = Choose any number
poll-choose-one = Choose one
poll-vote = Vote
poll-show = Show results
