# Ein Beitrag und eine Umfrage, wo immer sie stehen.
post-reactions = Reaktionen
post-read-on = Weiterlesen
post-quoted = Zitierter Beitrag von { $name }
post-show-poll = Umfrage zeigen
post-quotes-another = Zitiert einen anderen Beitrag
post-open-origin = Dort öffnen, wo er steht
post-open-at = Öffnen bei { $site }
post-show = Zeigen
post-hide = Verbergen
post-sensitive = { $n ->
    [one] Heikles Bild
   *[other] Heikle Bilder
}
post-held = Nur Sie und die Erwähnten sehen ihn.
post-more = Mehr zum Beitrag von { $name }
post-quote = Zitieren
post-ask-to-quote = Um ein Zitat bitten
post-unquote = Meinen Beitrag daraus entfernen
post-edit = Bearbeiten
post-pin = Am Profil anheften
post-unpin = Vom Profil lösen
post-delete = Löschen
post-mute = { $name } stummschalten
post-block = { $name } blockieren
post-report = Melden
post-moderate = Moderieren
post-reply = { $name } antworten
post-ask-to-reply = { $name } fragen, ob Sie antworten dürfen
post-no-replies = { $name } möchte keine Antworten auf diesen Beitrag
post-cannot-answer = Kann nicht beantwortet werden
post-repost = Teilen
post-cannot-repost = Kann nicht geteilt werden
post-cannot-repost-why = Kann nicht geteilt werden: Es würde mehr Personen erreichen, als gewollt war
post-like = Gefällt mir
post-pinned = Angeheftet
post-reposted-by = { $name } hat geteilt
post-in-reply-to = Antwort an
post-edited = bearbeitet
post-edited-short = Bearbeitet
post-edited-at = Bearbeitet { $at }
post-likes = { $n ->
    *[other] Gefällt mir
  }
post-reposts = { $n ->
    *[other] Mal geteilt
  }
poll-yours = Ihre Wahl
poll-votes = { $n ->
    [one] { $n } Stimme
   *[other] { $n } Stimmen
}
poll-ended = Beendet { $at }
poll-final = Endergebnis
poll-at-end = Ergebnis am Ende
poll-choose-any = Wählen Sie beliebig viele
poll-choose-one = Wählen Sie eine Möglichkeit
poll-vote = Abstimmen
poll-show = Ergebnis zeigen
