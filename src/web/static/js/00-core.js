// Small comforts. Every page works without scripts. The files of this folder are joined in the order of their names.
"use strict";
(() => {
  if (navigator.serviceWorker) navigator.serviceWorker.register("/sw.js").catch(() => {});

  // What just happened floats above the page and goes, unless it is read or offers a way back.
  const say = (text, bad) => {
    const box = document.createElement("div");
    box.className = "flash toast" + (bad ? " bad" : "");
    box.setAttribute("role", "status");
    box.append(Object.assign(document.createElement("p"), { textContent: text }));
    document.getElementById("main").prepend(box);
    leave(box);
  };
  const leave = (box) => {
    let left = box.querySelector("button, a") ? 20 : 8;
    const tick = setInterval(() => {
      if (box.matches(":hover, :focus-within") || document.hidden) return;
      if (--left < 0) { clearInterval(tick); box.remove(); }
    }, 1e3);
  };
  for (const box of document.querySelectorAll("main > .flash:not(.bad)")) { box.classList.add("toast"); leave(box); }
  window.breezeway = { say };

  // No connection: said once, gone with the connection.
  const line = document.querySelector("[data-offline]");
  const show = () => { if (line) line.hidden = navigator.onLine; };
  addEventListener("offline", show);
  addEventListener("online", show);
  show();
  document.querySelector("[data-again]")?.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
})();
