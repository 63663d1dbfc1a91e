# Who asks to quote or to reply.
requests-title = Requests
requests-asks-quote = asks to quote your post
requests-asks-reply = asks to reply to your post
requests-allow = Allow
requests-decline = Decline
requests-none = Nobody waits for you
requests-none-hint = Who asks to quote or to reply appears here, where you let a post be quoted or answered only with your word.
requests-allowed = Allowed.
requests-declined = Declined.
