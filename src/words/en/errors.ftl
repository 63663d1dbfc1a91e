# Pages that say what went wrong.
error-not-found = Nothing here
error-not-found-text = The page does not exist any more, or it is not meant for you.
error-unauthenticated = Sign in first
error-unauthenticated-text = This page is for people of this site.
error-forbidden = Not for you
error-invalid = This could not be taken
error-conflict = This clashes with something
error-rate = A little too fast
error-rate-text = 
    Try again in { $minutes ->
    [one] a minute
    *[other] { $minutes } minutes
    }.
error-peer = The other site does not answer
error-peer-text = { $peer } could not be reached just now. Try again later.
error-internal = Something went wrong
error-internal-text = It is our fault, it is written down, and nothing you had saved is lost.
error-number = If you report it, name this number:
error-back = Back
error-bare = Something went wrong on this site. Try again in a moment.
