# When there is no connection.
offline-title = No connection
offline-text = This device does not reach your site. What you typed is kept in this browser; try again when you are back.
offline-again = Try again
offline-line = No connection. What you type is kept in this browser.
