search-title = Search
search-title-query = “{ $query }”
search-label = Search posts, people and tags
search-placeholder = Words, "a phrase", from:ann
search-posts = Posts
search-people = People
search-tags = Tags
search-submit = Search
search-count = { $count ->
    [one] One post
   *[other] { $count } posts
}
search-count-more = More than { $count } posts
search-covers = Search covers this site and what reached it.
search-left-out = Not understood, so left out:
search-why-no-date = no such day: write 2026-11-03, 2026-11 or 2026
search-why-no-thing = has: knows image, video, audio, file, poll, link, quote, warning
search-why-no-kind = is: knows reply, edited, sensitive, direct, private
search-why-nobody = nobody here is called that
search-why-nowhere = no site is called that
search-why-too-long = that is more than can be looked for at once
search-without = Without { $part } there are { $count }.
search-without-more = Without { $part } there are more than { $count }.
search-begun = Words that begin like this: { $count }.
search-begun-more = Words that begin like this: more than { $count }.
search-nothing = Nothing found
search-nothing-text = No post that you may read has all of this.
search-nobody = Nobody found
search-nobody-text = Try another spelling, only the family name, or the whole address as in { $example }.
search-no-tag = No such tag
search-no-tag-text = No post that everybody here may read has a tag that begins so.
search-start = What are you looking for?
search-start-text = Words find posts that have all of them. Parts like these narrow it down:
search-take-away = Take “{ $part }” away
search-narrow = Narrow down
search-by-person = Written by
search-by-site = Written at
search-by-month = Written in
search-here = this site
search-counted = Counted in the newest { $count }.
search-month = { $month ->
    [1] January { $year }
    [2] February { $year }
    [3] March { $year }
    [4] April { $year }
    [5] May { $year }
    [6] June { $year }
    [7] July { $year }
    [8] August { $year }
    [9] September { $year }
    [10] October { $year }
    [11] November { $year }
   *[12] December { $year }
}
search-help = Operators
search-help-phrase = these words one after the other
search-help-begun = words that begin so
search-help-not = without it
search-help-from = by a person; from:me for your own
search-help-in = at a site; also in:site, in:organisation, in:favourites, in:bookmarks
search-help-has = with a picture; also video, audio, file, poll, link, quote, warning
search-help-is = answers; also edited, sensitive, direct, private
search-help-time = by time; also after: and on:, with a day, a month or a year
search-help-lang = in a language
search-help-tag = with a tag
search-unreachable = { $host } could not be asked just now. What this site knows of its people is shown.

people-title = People
people-title-query = People: “{ $query }”
people-lead = Colleagues at all sites. An address such as { $example } finds a person who is not listed yet.
people-count = { $count ->
    [0] Nobody
    [one] One person
   *[other] { $count } people
}
people-search = Search people at all sites
people-placeholder = Name, address, what they do
people-filters = Filters
people-site = Site
people-every-site = All sites
people-this-site = { $name } (this site)
people-field = In the profile
people-field-hint = A skill, a unit, a place
people-speaks = Language
people-any-language = Any language
people-followed = Only people that I follow
people-show = Show
people-clear = Clear all filters
people-nobody = Nobody here yet
people-nobody-text = As soon as colleagues register here or at another site, they are listed.
people-none = Nobody found
people-none-text = Try another spelling, only the family name, or the whole address as in { $example }.
people-none-filtered = Nobody fits all of this. Take a filter away.
