# Moderation: Meldungen, Protokoll, andere Standorte, Einladungen.
desk-title = Moderation
desk-open = Offene Meldungen
desk-resolved = Erledigt
desk-log = Protokoll
desk-sites = Standorte
desk-invitations = Einladungen
desk-spam = Werbung oder Lärm
desk-legal = Vielleicht gegen das Gesetz
desk-violation = Verstößt gegen unsere Regeln
desk-other = Etwas anderes
desk-reported-by = Gemeldet von { $who }
desk-reported-by-site = Gemeldet von der Moderation von { $site }
desk-reported-by-somebody = Von jemandem gemeldet
desk-posts = 
    { $n ->
    [one] 1 Beitrag
    *[other] { $n } Beiträge
    }
desk-resolved-at = erledigt { $at }
desk-nothing-open = Nichts wartet
desk-nothing-open-hint = Wenn jemand einen Beitrag oder eine Person meldet, erscheint es hier.
desk-nothing-resolved = Noch nichts erledigt
desk-nothing-resolved-hint = Hier erscheint, womit sich die Moderation befasst hat.
case-post = Ein gemeldeter Beitrag und das Gespräch darum
case-gone = Der Beitrag ist fort. Als er gemeldet wurde, stand darin:
case-removed = Von diesem Standort entfernt.
case-remove = Diesen Beitrag entfernen
case-remove-hint = Nur von diesem Standort, was auch immer der Ursprung sagt.
case-history = Bisher getan
case-decide = Entscheiden
case-action = Maßnahme
case-act-limit = { $name } einschränken
case-act-limit-hint = Nur wer dieser Person folgt, sieht hier ihre Beiträge.
case-act-suspend = { $name } sperren
case-act-suspend-hint = Niemand hier sieht oder hört sie mehr.
case-act-block = { $name } sperren
case-act-block-hint = Mit dem ganzen Standort wird nichts ausgetauscht.
case-act-none = Nichts
case-act-none-hint = Die Meldung ist erledigt, und sonst ändert sich nichts.
case-reason = Begründung
case-reason-hint = Sie bleibt mit Ihrem Namen im Protokoll.
case-resolve = Die Meldung ist damit erledigt
case-do = Ausführen
case-choose = Wählen Sie, was geschehen soll.
case-done = Für diesen Standort erledigt und im Protokoll vermerkt.
case-resolved = Die Meldung ist erledigt.
case-suspended = Gesperrt seit { $day }.
case-limited = Eingeschränkt seit { $day }.
case-free = Weder eingeschränkt noch gesperrt.
log-remove_post = Beitrag entfernt von
log-limit_person = Eingeschränkt:
log-suspend_person = Gesperrt:
log-block_site = Standort gesperrt:
log-resolve_report = Meldung erledigt über
log-undo-done = Rückgängig gemacht:
log-former = jemand, der früher moderierte
log-post = der Beitrag
log-report = die Meldung
log-undone = rückgängig gemacht
log-undo = Rückgängig
log-none = Noch wurde nichts getan
log-none-hint = Hier steht jede Maßnahme der Moderation mit ihrer Begründung. Zeilen kommen hinzu, geändert wird keine.
log-undid = Das ist rückgängig gemacht, und das Protokoll vermerkt es.
sites-invite-title = Einen Standort einladen
sites-host = Adresse des anderen Standorts
sites-invite = Einladen
sites-host-hint = Wer ihn verwaltet, sieht die Einladung und nimmt sie an. Bis dahin wird nichts ausgetauscht.
sites-accept = Annehmen
sites-accept-name = { $site } annehmen
sites-again = Noch einmal einladen
sites-again-name = { $site } noch einmal einladen
sites-disconnect = Trennen
sites-disconnect-name = { $site } trennen
sites-remove = Entfernen
sites-remove-name = { $site } entfernen
sites-withdraw = Zurückziehen
sites-withdraw-name = Einladung von { $site } zurückziehen
sites-decline = Ablehnen
sites-decline-name = { $site } ablehnen
sites-none = Dieser Standort steht allein
sites-none-hint = Laden Sie den Standort einer anderen Abteilung ein, dann kann man einander folgen und antworten.
sites-state-blocked = Von der Moderation dieses Standorts gesperrt
sites-state-none = Nicht verbunden
sites-state-invited = Eingeladen, noch ohne Antwort
sites-state-requested = Möchte sich verbinden
sites-state-accepted = Verbunden
sites-given-up = 
    { $n ->
    [one] 1 Sendung aufgegeben
    *[other] { $n } Sendungen aufgegeben
    }
sites-removed = Mit { $site } wird nichts mehr ausgetauscht.
sites-connected = { $site } ist verbunden.
sites-invited = { $site } ist eingeladen. Die Verbindung steht, sobald sie dort angenommen wird.
site-verdict-ok = Geht
site-verdict-warn = Ansehen
site-verdict-fail = Geht nicht
site-verdict-skipped = Nicht angesehen
site-works = Alles geht.
site-warned = Es geht; jemand sollte ansehen, was markiert ist.
site-broken = Es geht nicht: { $steps }.
site-deliveries = Sendungen
site-check = Verbindung prüfen
site-try = Jetzt versuchen
site-check-hint = Die Prüfung fragt nach Name, Adresse, Zertifikat, Uhr, Schlüsseln und Posteingang. Sie ändert dort nichts und dauert bis zu einer halben Minute.
site-given-up-hint = Was der Standort nicht nahm oder nicht nehmen konnte. Es wird einen Monat aufgehoben.
site-cause-refused = Abgelehnt
site-cause-unreachable = Nicht erreicht
site-cause-stopped = Angehalten: dieser Standort sprach nicht mehr mit ihm
site-resend = Noch einmal senden
site-discard = Wegwerfen
site-resend-all = Alle { $n } noch einmal senden
site-discard-all = Alle wegwerfen
site-more = Und { $n } weitere.
site-all = Alle Standorte
site-tried = Es wird jetzt versucht.
site-resent = 
    { $n ->
    [one] 1 Sendung geht noch einmal hinaus.
    *[other] { $n } Sendungen gehen noch einmal hinaus.
    }
site-discarded = 
    { $n ->
    [one] 1 Sendung ist weggeworfen.
    *[other] { $n } Sendungen sind weggeworfen.
    }
site-waiting = 
    { $n ->
    [one] 1 Sendung wartet
    *[other] { $n } Sendungen warten
    }
site-gone = Fort: antwortet nicht seit { $since }
site-silent = Hat nichts angenommen seit { $since }
site-nothing-sent = Dorthin wurde noch nichts gesendet
site-takes = Nimmt an, was gesendet wird
site-on-its-way = 
    { $n ->
    [one] 1 Sendung ist unterwegs
    *[other] { $n } Sendungen sind unterwegs
    }
site-fact-waiting = Wartet
site-fact-oldest = Die älteste seit
site-fact-taken = Zuletzt angenommen
site-fact-error = Letzter Fehler
site-fact-failures = Fehlschläge in Folge
site-fact-next = Nächster Versuch
site-fact-given-up = Aufgegeben
site-fact-dropped = Bisher weggeworfen
site-fact-signatures = Signaturen
site-never = nie
invitations-title = Jemanden einladen
invitations-ready = Der Link ist fertig.
invitations-until = Er gilt einmal, bis { $until }, und wird nur jetzt gezeigt.
invitations-link = Einladungslink
invitations-as = Als
invitations-member = Mitglied
invitations-moderator = Moderation
invitations-admin = Verwaltung
invitations-hint = Sie bekommen einen Link, den Sie selbst weitergeben. Er gilt einmal und eine Woche lang.
invitations-make = Link erstellen
