# Mitteilungen, ihre Einstellungen, und wohin E-Mails führen.
news-title = Mitteilungen
news-tabs = Arten von Mitteilungen
news-all = Alle
news-mentions = Erwähnungen
news-follows = Folgende
news-polls = Umfragen
news-requests = Anfragen
news-others = { $n ->
    [one] und eine weitere Person
   *[other] und { $n } weitere
}
news-replied = hat Ihnen geantwortet
news-mentioned = hat Sie erwähnt
news-wrote = hat geschrieben
news-reposted = hat Ihren Beitrag geteilt
news-follow-you = folgen Ihnen
news-follows-you = folgt Ihnen
news-asks-to-follow = möchte Ihnen folgen
news-liked = gefällt Ihr Beitrag
news-changed = hat einen Beitrag geändert, der Ihnen gefiel oder den Sie geteilt haben
news-reacted = hat auf Ihren Beitrag reagiert
news-poll-ended = hat eine Frage gestellt, deren Abstimmung beendet ist
news-quoted = hat Ihren Beitrag zitiert
news-asks-to-quote = möchte Ihren Beitrag zitieren
news-asks-to-reply = möchte auf Ihren Beitrag antworten
news-reported = hat der Moderation jemanden gemeldet
news-image = Ein Bild
news-show = Anzeigen
news-accept = Annehmen
news-decline = Ablehnen
news-empty = Nichts Neues
news-empty-hint = Hier erscheinen Antworten, Erwähnungen, „Gefällt mir“ und neue Folgende.
news-empty-tab-hint = Davon gibt es noch nichts.
news-read = Alle als gelesen markieren
news-read-done = Alle Mitteilungen sind als gelesen markiert.
news-clear = Alle entfernen
news-clear-ask = Alle Mitteilungen entfernen? Die Beiträge bleiben.
news-clear-yes = Alle entfernen
news-cleared = Alle Mitteilungen sind entfernt.
news-settings = Wählen, wovon Sie hören
news-held = Zurückgehalten
news-held-hint = Nach Ihren Einstellungen warten Mitteilungen dieser Personen, bis Sie entscheiden.
news-held-count = { $n ->
    [one] eine Mitteilung
   *[other] { $n } Mitteilungen
}
news-held-take = Anzeigen
news-held-dismiss = Entfernen
news-held-taken = Von { $who } hören Sie von jetzt an.
news-held-dismissed = Die Mitteilungen von { $who } sind entfernt.

telling-title = Mitteilungen und E-Mail
telling-saved = Gespeichert.
telling-save = Speichern
telling-kinds = Wovon Sie hören
telling-kinds-hint = Was hier nicht gezeigt wird, wird auch auf keinem anderen Weg mitgeteilt.
telling-what = Art
telling-page = Hier
telling-push = Wecken
telling-mail = E-Mail
telling-kind-mention = Erwähnungen und Antworten
telling-kind-quote = Jemand zitiert Sie
telling-kind-status = Beiträge von Personen, von denen Sie jeden wollen
telling-kind-favourite = „Gefällt mir“
telling-kind-reaction = Reaktionen von anderswo
telling-kind-reblog = Geteilte Beiträge
telling-kind-update = Änderungen an Beiträgen, die Ihnen gefielen oder die Sie geteilt haben
telling-kind-poll = Ende von Umfragen
telling-kind-follow = Neue Folgende
telling-kind-follow-request = Anfragen, Ihnen zu folgen
telling-kind-quote-request = Anfragen, Sie zu zitieren
telling-kind-reply-request = Anfragen, Ihnen zu antworten
telling-kind-admin-report = Meldungen an die Moderation
telling-mail-h = E-Mail
telling-mail-off = Dieser Standort verschickt keine E-Mails.
telling-unconfirmed = Ihre Adresse { $address } ist nicht bestätigt. Bis dahin bekommen Sie keine Mitteilungen und keine Zusammenfassung per E-Mail.
telling-ask-confirmation = E-Mail zum Bestätigen schicken
telling-confirmation-sent = Eine E-Mail ist unterwegs. Folgen Sie dem Link darin.
telling-confirmation-needless = Es gibt nichts zu bestätigen.
telling-news = E-Mails zu Mitteilungen
telling-news-hint = Nur was Sie hier nach zehn Minuten nicht gesehen haben, mehreres in einer E-Mail.
telling-digest = Zusammenfassung
telling-digest-never = Nie
telling-digest-daily = Jeden Tag
telling-digest-weekly = Jede Woche
telling-digest-hint = Was Sie verpasst haben. Gibt es nichts Neues, kommt keine E-Mail.
telling-weekday = Tag der wöchentlichen Zusammenfassung
telling-day = { $day ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
telling-hour = Uhrzeit der Zusammenfassung
telling-language = Sprache der E-Mails
telling-language-site = Wie der Standort
telling-quiet = Ruhezeit
telling-quiet-on = Einige Stunden in Ruhe lassen
telling-quiet-hint = E-Mails und Nachrichten warten, bis sie vorbei sind.
telling-from = Von
telling-until = Bis
telling-zone = Zeitzone
telling-zone-wrong = Diese Zeitzone kennt der Standort nicht. Schreiben Sie sie wie Europe/Berlin.
telling-policy = Personen, die Sie vielleicht nicht kennen
telling-policy-hint = Was zurückgehalten wird, wartet unter Mitteilungen, Anfragen, bis Sie entscheiden.
telling-policy-not-following = Personen, denen Sie nicht folgen
telling-policy-not-followers = Personen, die Ihnen nicht folgen
telling-policy-new-accounts = Konten der letzten 30 Tage
telling-policy-private-mentions = Ungefragte Beiträge nur an Sie
telling-policy-limited = Personen, die von der Moderation eingeschränkt sind
telling-verdict-accept = Mitteilen
telling-verdict-filter = Zurückhalten
telling-verdict-drop = Ignorieren
telling-push-h = Dieser Browser
telling-push-hint = Der Browser kann Sie wecken, wenn keine Seite offen ist. Die Nachricht geht verschlüsselt durch einen Dienst des Browserherstellers; er sieht, wann Sie geweckt werden, aber nicht, warum.
telling-push-begin = In diesem Browser wecken
telling-push-end = In diesem Browser nicht mehr wecken
telling-push-refused = Das ging nicht. Vielleicht hat der Browser es verboten; sehen Sie in seinen Einstellungen für diese Seite nach.
telling-push-script = Dazu braucht es Skripte.
telling-push-on = Dieser Browser weckt Sie von jetzt an.
telling-push-off = Dieser Browser weckt Sie nicht mehr.

door-back-to-sign-in = Zurück zur Anmeldung
door-forgot = Passwort vergessen?
forgot-title = Passwort vergessen
forgot-lead = Sagen Sie, wer Sie sind; Sie bekommen eine E-Mail mit einem Link, über den Sie ein neues Passwort wählen.
forgot-send = Link schicken
forgot-asked = Wenn es unter diesem Namen oder dieser Adresse ein Konto gibt, ist eine E-Mail dorthin unterwegs.
forgot-nothing-came = Nach einigen Minuten ist nichts gekommen? Sehen Sie im Ordner für Spam nach, oder bitten Sie diejenigen um einen Link, die den Standort betreiben.
forgot-no-mail = Dieser Standort verschickt keine E-Mails. Bitten Sie diejenigen um einen Link, die ihn betreiben.
forgot-login-wrong = Schreiben Sie Ihren Namen oder Ihre E-Mail-Adresse.
confirm-title = Adresse bestätigen
confirm-lead = Ist { $address } Ihre E-Mail-Adresse?
confirm-button = Ja, das ist meine
confirm-done = Danke, Ihre Adresse ist bestätigt.
confirm-on = Weiter
confirm-old = Dieser Link wurde schon benutzt oder ist zu alt. Einen neuen bekommen Sie in den Einstellungen unter „Mitteilungen und E-Mail“.
unsubscribe-title = Weniger E-Mails
unsubscribe-lead-news = Sie bekommen dann keine E-Mails zu Mitteilungen mehr.
unsubscribe-lead-digest = Sie bekommen dann keine Zusammenfassungen mehr.
unsubscribe-button = Ja, beenden
unsubscribe-done-news = Sie bekommen keine E-Mails zu Mitteilungen mehr.
unsubscribe-done-digest = Sie bekommen keine Zusammenfassungen mehr.
unsubscribe-settings = Wählen, was Sie bekommen
unsubscribe-old = Dieser Link ist unvollständig oder zu alt. Was Sie bekommen, können Sie in den Einstellungen wählen.
invite-sent = Die Einladung an { $address } ist unterwegs.
invite-email = E-Mail-Adresse
invite-email-hint = Die Einladung gilt einmal und eine Woche lang. Leer: Sie bekommen einen Link, den Sie selbst weitergeben.
invite-send = Einladen
telling-link = Wovon Sie hören, auf welchem Weg, und wann Sie Ruhe haben.
telling-link-go = Wählen
