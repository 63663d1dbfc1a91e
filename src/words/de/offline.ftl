# Wenn keine Verbindung besteht.
offline-title = Keine Verbindung
offline-text = Dieses Gerät erreicht Ihren Standort nicht. Was Sie geschrieben haben, bleibt in diesem Browser; versuchen Sie es wieder, sobald die Verbindung steht.
offline-again = Noch einmal versuchen
offline-line = Keine Verbindung. Was Sie schreiben, bleibt in diesem Browser.
