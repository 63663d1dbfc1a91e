# Home and its tabs.
home-following = Following
home-site = This site
home-organisation = Organisation
