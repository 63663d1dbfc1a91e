// Small comforts. Every page works without scripts. The files of this folder are joined in the order of their names.
"use strict";
