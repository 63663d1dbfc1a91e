# Start und seine Reiter.
home-following = Gefolgte
home-site = Dieser Standort
home-organisation = Organisation
