# Kleine Teile, die viele Seiten haben.
parts-pages = Seiten
parts-newer = Neuere
parts-older = Ältere
parts-following = Gefolgt
parts-unfollow = Sie folgen { $who }: das beenden
parts-requested = Angefragt
parts-withdraw = Anfrage an { $who }: zurückziehen
parts-unblock = Freigeben
parts-unblock-name = { $who } freigeben
parts-follow = Folgen
parts-follow-name = { $who } folgen
parts-undo = Rückgängig
