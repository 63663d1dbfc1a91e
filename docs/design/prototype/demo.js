document.querySelectorAll("dialog[data-demo]").forEach((d) => d.showModal());
