search-title = Suche
search-title-query = „{ $query }“
search-label = Beiträge, Personen und Schlagwörter suchen
search-placeholder = Wörter, "eine Wendung", from:ann
search-posts = Beiträge
search-people = Personen
search-tags = Schlagwörter
search-submit = Suchen
search-count = { $count ->
    [one] Ein Beitrag
   *[other] { $count } Beiträge
}
search-count-more = Mehr als { $count } Beiträge
search-covers = Gesucht wird an diesem Standort und in dem, was sie erreicht hat.
search-left-out = Nicht verstanden und daher weggelassen:
search-why-no-date = kein solcher Tag: Schreiben Sie 2026-11-03, 2026-11 oder 2026
search-why-no-thing = has: kennt image, video, audio, file, poll, link, quote, warning
search-why-no-kind = is: kennt reply, edited, sensitive, direct, private
search-why-nobody = hier heißt niemand so
search-why-nowhere = kein Standort heißt so
search-why-too-long = das ist mehr, als auf einmal gesucht werden kann
search-without = Ohne { $part } sind es { $count }.
search-without-more = Ohne { $part } sind es mehr als { $count }.
search-begun = Wörter, die so beginnen: { $count }.
search-begun-more = Wörter, die so beginnen: mehr als { $count }.
search-nothing = Nichts gefunden
search-nothing-text = Kein Beitrag, den Sie lesen dürfen, enthält all das.
search-nobody = Niemand gefunden
search-nobody-text = Versuchen Sie eine andere Schreibweise, nur den Familiennamen oder die ganze Adresse wie { $example }.
search-no-tag = Kein solches Schlagwort
search-no-tag-text = Kein Beitrag, den hier alle lesen dürfen, hat ein Schlagwort, das so beginnt.
search-start = Was suchen Sie?
search-start-text = Wörter finden Beiträge, in denen alle vorkommen. Solche Teile grenzen die Suche ein:
search-take-away = „{ $part }“ wegnehmen
search-narrow = Eingrenzen
search-by-person = Geschrieben von
search-by-site = Geschrieben am Standort
search-by-month = Geschrieben im
search-here = dieser Standort
search-counted = Gezählt in den neuesten { $count }.
search-month = { $month ->
    [1] Januar { $year }
    [2] Februar { $year }
    [3] März { $year }
    [4] April { $year }
    [5] Mai { $year }
    [6] Juni { $year }
    [7] Juli { $year }
    [8] August { $year }
    [9] September { $year }
    [10] Oktober { $year }
    [11] November { $year }
   *[12] Dezember { $year }
}
search-help = Operatoren
search-help-phrase = diese Wörter hintereinander
search-help-begun = Wörter, die so beginnen
search-help-not = ohne dies
search-help-from = von einer Person; from:me für Ihre eigenen
search-help-in = an einem Standort; auch in:site, in:organisation, in:favourites, in:bookmarks
search-help-has = mit einem Bild; auch video, audio, file, poll, link, quote, warning
search-help-is = Antworten; auch edited, sensitive, direct, private
search-help-time = nach der Zeit; auch after: und on:, mit Tag, Monat oder Jahr
search-help-lang = in einer Sprache
search-help-tag = mit einem Schlagwort
search-unreachable = { $host } war gerade nicht zu erreichen. Gezeigt wird, was dieser Standort über die Personen dort weiß.

people-title = Personen
people-title-query = Personen: „{ $query }“
people-lead = Kolleginnen und Kollegen aller Standorte. Eine Adresse wie { $example } findet auch, wer hier noch nicht steht.
people-count = { $count ->
    [0] Niemand
    [one] Eine Person
   *[other] { $count } Personen
}
people-search = Personen aller Standorte suchen
people-placeholder = Name, Adresse, Aufgabe
people-filters = Filter
people-site = Standort
people-every-site = Alle Standorte
people-this-site = { $name } (dieser Standort)
people-field = Im Profil
people-field-hint = Eine Fähigkeit, eine Abteilung, ein Ort
people-speaks = Sprache
people-any-language = Jede Sprache
people-followed = Nur Personen, denen ich folge
people-show = Anzeigen
people-clear = Alle Filter entfernen
people-nobody = Noch niemand da
people-nobody-text = Sobald sich hier oder an einem anderen Standort jemand anmeldet, steht die Person hier.
people-none = Niemand gefunden
people-none-text = Versuchen Sie eine andere Schreibweise, nur den Familiennamen oder die ganze Adresse wie { $example }.
people-none-filtered = Niemand passt zu all dem. Nehmen Sie einen Filter weg.
