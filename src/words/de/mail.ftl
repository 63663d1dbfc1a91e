# E-Mails.
mail-hello = Guten Tag { $name },
mail-hello-stranger = Guten Tag,
mail-why = Sie bekommen diese E-Mail, weil Sie ein Konto bei { $site } haben.
mail-why-asked = Jemand hat diese E-Mail bei { $site } angefordert.
mail-settings = Wählen, was Sie per E-Mail bekommen
mail-stop-news = Keine E-Mails zu Mitteilungen
mail-stop-digest = Keine Zusammenfassung

mail-invitation-subject = { $by } lädt Sie zu { $site } ein
mail-invitation-subject-nobody = Sie sind zu { $site } eingeladen
mail-invitation-by = { $by } lädt Sie zu { $site } ein.
mail-invitation-nobody = Sie sind zu { $site } eingeladen.
mail-invitation-button = Konto anlegen
mail-invitation-after = Der Link gilt einmal, bis zum { $until }. Wenn Sie keine Einladung erwartet haben, müssen Sie nichts tun.

mail-confirmation-subject = Ist das Ihre Adresse bei { $site }?
mail-confirmation-line = Bitte bestätigen Sie, dass dies Ihre E-Mail-Adresse ist. Erst dann werden Mitteilungen und Zusammenfassungen dorthin geschickt.
mail-confirmation-button = Adresse bestätigen
mail-confirmation-after = Der Link gilt einen Tag. Wenn Sie kein Konto bei { $site } haben, hat sich jemand vertippt: Sie müssen nichts tun.

mail-reset-subject = Ein neues Passwort für { $site }
mail-reset-line = Jemand, hoffentlich Sie, hat ein neues Passwort für @{ $username } angefordert.
mail-reset-button = Neues Passwort wählen
mail-reset-after = Der Link gilt einmal, einen Tag lang. Bis Sie ihn nutzen, bleibt das alte Passwort. Wenn Sie es nicht waren, müssen Sie nichts tun.

mail-news-subject = { $n ->
    [one] { $what }
   *[other] { $n } neue Mitteilungen bei { $site }
}
mail-news-line = Das ist geschehen, während Sie nicht da waren.
mail-news-title = Neu für Sie
mail-news-button = Mitteilungen öffnen

mail-digest-subject = Was Sie bei { $site } verpasst haben
mail-digest-line = Das ist seit dem { $since } geschehen.
mail-digest-news = Für Sie
mail-digest-posts = Von Personen, denen Sie folgen
mail-digest-more-news = { $n ->
    [one] Und eine weitere Mitteilung.
   *[other] Und { $n } weitere Mitteilungen.
}
mail-digest-more-posts = { $n ->
    [one] Und mindestens ein weiterer Beitrag.
   *[other] Und mindestens { $n } weitere Beiträge.
}
mail-digest-button = Bei { $site } weiterlesen

mail-decision-subject = Die Moderation von { $site } hat etwas entschieden, das Sie betrifft
mail-decision-warn = Die Moderation schickt Ihnen einen Hinweis.
mail-decision-remove = Die Moderation hat einen Beitrag von Ihnen entfernt.
mail-decision-limit = Die Moderation hat Ihr Konto eingeschränkt: Nur wer Ihnen folgt, sieht Ihre Beiträge.
mail-decision-suspend = Die Moderation hat Ihr Konto gesperrt. Sie können sich nicht anmelden.
mail-decision-other = Die Moderation hat etwas entschieden, das Ihr Konto betrifft.
mail-decision-undone = Die Moderation hat eine Entscheidung über Ihr Konto zurückgenommen.
mail-decision-reason = Die Begründung: { $reason }
mail-decision-after = Wenn Sie das für falsch halten, wenden Sie sich an diejenigen, die den Standort betreiben.

mail-wrote = { $who } hat geschrieben
mail-replied = { $who } hat Ihnen geantwortet
mail-mentioned = { $who } hat Sie erwähnt
mail-mentioned-direct = { $who } hat nur Ihnen geschrieben
mail-reposted = { $who } hat Ihren Beitrag geteilt
mail-followed = { $who } folgt Ihnen
mail-asks-to-follow = { $who } möchte Ihnen folgen
mail-liked = { $who } gefällt Ihr Beitrag
mail-changed = { $who } hat einen Beitrag geändert, der Ihnen gefiel oder den Sie geteilt haben
mail-reacted = { $who } hat auf Ihren Beitrag reagiert
mail-poll-ended = Eine Umfrage von { $who } ist beendet
mail-quoted = { $who } hat Ihren Beitrag zitiert
mail-asks-to-quote = { $who } möchte Ihren Beitrag zitieren
mail-asks-to-reply = { $who } möchte auf Ihren Beitrag antworten
mail-reported = { $who } hat der Moderation jemanden gemeldet
mail-with-warning = Hinter einer Warnung: { $warning }
mail-an-image = Ein Bild
mail-day = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
