# Seiten, die sagen, was schiefging.
error-not-found = Hier ist nichts
error-not-found-text = Die Seite gibt es nicht mehr, oder sie ist nicht für Sie bestimmt.
error-unauthenticated = Melden Sie sich zuerst an
error-unauthenticated-text = Diese Seite ist für die Leute dieses Standorts.
error-forbidden = Nicht für Sie
error-invalid = Das ging so nicht
error-conflict = Das verträgt sich mit etwas nicht
error-rate = Etwas zu schnell
error-rate-text = 
    Versuchen Sie es in { $minutes ->
    [one] einer Minute
    *[other] { $minutes } Minuten
    } noch einmal.
error-peer = Der andere Standort antwortet nicht
error-peer-text = { $peer } war gerade nicht zu erreichen. Versuchen Sie es später noch einmal.
error-internal = Etwas ging schief
error-internal-text = Es liegt an uns, es ist notiert, und nichts, was Sie gespeichert hatten, ist verloren.
error-number = Wenn Sie es melden, nennen Sie diese Nummer:
error-back = Zurück
error-bare = An diesem Standort ging etwas schief. Versuchen Sie es gleich noch einmal.
