# Wer zitieren oder antworten möchte.
requests-title = Anfragen
requests-asks-quote = möchte Ihren Beitrag zitieren
requests-asks-reply = möchte auf Ihren Beitrag antworten
requests-allow = Erlauben
requests-decline = Ablehnen
requests-none = Niemand wartet auf Sie
requests-none-hint = Hier erscheint, wer zitieren oder antworten möchte, wo Sie das nur auf Anfrage erlauben.
requests-allowed = Erlaubt.
requests-declined = Abgelehnt.
