# What could not be taken in a form: a subject, and what the domain says of it.
wrong-name = The name { $problem }.
wrong-username = The short name { $problem }.
wrong-text = The text { $problem }.
wrong-lines = The lines { $problem }.
wrong-picture = The picture { $problem }.
wrong-address = The address { $problem }.
wrong-password = The password { $problem }.
wrong-zone = The time zone { $problem }.
wrong-language = The language { $problem }.
wrong-file = The file { $problem }.
wrong-account = The account { $problem }.
wrong-reason = The reason { $problem }.
wrong-own-password = This is not your password.
