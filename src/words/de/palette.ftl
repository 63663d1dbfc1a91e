# Die Befehlspalette (Strg-K).
palette-title = Wohin, wen, was
palette-people = Personen
palette-places = Gehen zu
palette-search = Suche
palette-everything = Beiträge und Personen nach „{ $words }“ durchsuchen
palette-choose = wählen
palette-open = öffnen
palette-hint = Personen
palette-tags = Schlagwörter
palette-commands = Befehle
palette-found = Gefunden
