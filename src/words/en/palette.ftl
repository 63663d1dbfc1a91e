# The command palette (Ctrl-K).
palette-title = Go to, find, do
palette-people = People
palette-places = Go to
palette-search = Search
palette-everything = Search posts and people for “{ $words }”
palette-choose = choose
palette-open = open
palette-hint = people
palette-tags = tags
palette-commands = commands
palette-found = Found
