# Lesen: Start, was seither kam, die Unterhaltung, was live ankommt, die Tasten.
home-timelines = Zeitleisten
home-about = Über diesen Standort
home-this-site = Dieser Standort
home-in-touch = In Kontakt mit
home-you-were-here = Hier waren Sie
home-find-people = Personen finden
home-write = Beitrag schreiben
home-empty-following = Noch ist es ruhig
home-empty-following-text = Folgen Sie einigen Kolleginnen und Kollegen; was sie schreiben, erscheint hier.
home-empty-site = Noch hat niemand geschrieben
home-empty-site-text = Was für alle an diesem Standort geschrieben wird, erscheint hier. Fangen Sie an!
home-empty-organisation = Noch hat niemand geschrieben
home-empty-organisation-text = Was für die ganze Organisation geschrieben wird, erscheint hier, von jedem Standort.

catch-up-title = Seit Ihrem letzten Besuch
catch-up-summary = { $posts ->
    [one] { $posts } Beitrag
   *[other] { $posts } Beiträge
} von { $people ->
    [one] einer Person
   *[other] { $people } Personen
} an { $sites ->
    [one] einem Standort
   *[other] { $sites } Standorten
}
catch-up-summary-more = Mehr als { $posts } Beiträge, die neuesten von { $people ->
    [one] einer Person
   *[other] { $people } Personen
} an { $sites ->
    [one] einem Standort
   *[other] { $sites } Standorten
}
catch-up-mentions = { $n ->
    [one] Ein Beitrag erwähnt Sie
   *[other] { $n } Beiträge erwähnen Sie
}
catch-up-conversation = { $n ->
    [one] Eine neue Antwort
   *[other] { $n } neue Antworten
} auf „{ $title }“
catch-up-read = Der Reihe nach lesen
catch-up-later = Jetzt nicht
catch-up-heading = Nachlesen
catch-up-oldest-first = Ältestes zuerst, seit Ihrem letzten Besuch
catch-up-pages = Seiten
catch-up-left = { $n ->
    [one] Noch ein Beitrag
   *[other] Noch { $n } Beiträge
}
catch-up-on = Weiterlesen
catch-up-done = Das ist alles
catch-up-done-text = Sie haben alles gelesen, was gekommen ist.
catch-up-home = Zum Neuesten

post-of = Beitrag von { $name }

thread-replies = { $n ->
    [one] { $n } Antwort
   *[other] { $n } Antworten
}
thread-no-replies = Noch keine Antworten
thread-first-unread = { $n ->
    [one] Zur ungelesenen
   *[other] Zur ersten von { $n } ungelesenen
}
thread-answers = Antworten
thread-folded = { $n ->
    [one] Eine Antwort
   *[other] { $n } Antworten
} von { $names }
thread-fold = , Antworten an { $name }: auf- oder zuklappen
thread-further = { $n ->
    [one] Noch eine Antwort
   *[other] Noch { $n } Antworten
}
thread-cut-below = Es gibt mehr Antworten, als eine Seite zeigt. Öffnen Sie eine Antwort, um zu lesen, was darunter steht.
thread-further-up = Diese Unterhaltung ist länger als eine Seite.
thread-read-before = Lesen, was davor steht
thread-missing-above = Der Anfang dieser Unterhaltung liegt an einem anderen Standort und kann hier nicht gezeigt werden.
thread-earlier = Früher in dieser Unterhaltung
thread-steps = Schritt für Schritt
thread-about = Über diese Unterhaltung
thread-people = In dieser Unterhaltung

live-pill-one = 1 neuer Beitrag
live-pill-many = # neue Beiträge
live-answer-one = 1 neue Antwort
live-answer-many = # neue Antworten
live-look = Neues ansehen
live-gone = Diesen Beitrag gibt es nicht mehr.
live-failed = Das hat nicht geklappt. Ist das Netz weg? Versuchen Sie es noch einmal.

keys-title = Tastatur
keys-intro = Einzelne Tasten tun dies, solange nichts getippt wird:
keys-next = Nächster Beitrag
keys-previous = Voriger Beitrag
keys-open = Beitrag öffnen
keys-reply = Antworten
keys-like = Gefällt mir, oder nicht mehr
keys-repost = Teilen, oder nicht mehr
keys-show = Verdecktes oder Zugeklapptes zeigen oder verbergen
keys-write = Beitrag schreiben
keys-newer = Neues zeigen
keys-unread = Zur ersten ungelesenen Antwort
keys-search = Suchen
keys-help = Diese Tasten
keys-close = Schließen, was offen ist
keys-switch-off = Einzelne Tasten abschalten
keys-switch-on = Einzelne Tasten einschalten
keys-are-on = In diesem Browser sind sie an.
keys-are-off = In diesem Browser sind sie aus.
