# Was in einem Formular nicht ging: ein Subjekt, und was die Domäne davon sagt.
wrong-name = Der Name { $problem }.
wrong-username = Der Kurzname { $problem }.
wrong-text = Der Text { $problem }.
wrong-lines = Die Zeilen { $problem }.
wrong-picture = Das Bild { $problem }.
wrong-address = Die Adresse { $problem }.
wrong-password = Das Passwort { $problem }.
wrong-zone = Die Zeitzone { $problem }.
wrong-language = Die Sprache { $problem }.
wrong-file = Die Datei { $problem }.
wrong-account = Das Konto { $problem }.
wrong-reason = Die Begründung { $problem }.
wrong-own-password = Das ist nicht Ihr Passwort.
