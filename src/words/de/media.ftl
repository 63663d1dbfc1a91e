# Was an einem Beitrag hängt, und wie man es schickt.
media-undescribed = Bild ohne Beschreibung
media-video-undescribed = Video ohne Beschreibung
media-sound = Ton
media-file = Datei
media-elsewhere = Etwas, das nur der eigene Standort zeigen kann
media-kilobytes = { $n } kB
media-megabytes = { $n } MB
media-refused = Diese Datei wird nicht angenommen: sie { $problem }.
media-waiting = Sie wird vorbereitet.
media-too-often = Zu viele Dateien auf einmal. Versuchen Sie es später noch einmal.
media-gone = Diese Datei gibt es nicht mehr.
media-failed = An diesem Standort ist etwas schiefgegangen. Versuchen Sie es noch einmal.
