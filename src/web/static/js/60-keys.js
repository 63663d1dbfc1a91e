// Single keys, while nothing is typed. Switched off on /keyboard.
(() => {
  if (!document.querySelector(".masthead") || /(^|; )breezeway_keys=off/.test(document.cookie)) return;
  const all = () => [...document.querySelectorAll("main .post[id]")].filter((post) => post.offsetParent);
  const here = () => document.querySelector(".post.here");
  const step = (by) => {
    const posts = all();
    if (!posts.length) return;
    let i = posts.indexOf(here());
    if (i < 0) i = posts.findIndex((post) => post.getBoundingClientRect().top > 60) - (by > 0 ? 1 : 0);
    const next = posts[Math.max(0, Math.min(posts.length - 1, i + by))];
    here()?.classList.remove("here");
    next.classList.add("here");
    next.focus({ preventScroll: true });
    scrollBy({ top: next.getBoundingClientRect().top - 130 });
  };
  const press = (what) => (here() || document.querySelector(".post.focal"))?.querySelector(what)?.click();
  const help = async () => {
    let box = document.querySelector("dialog.keys-box");
    if (!box) {
      const answer = await fetch("/keyboard");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      box = document.createElement("dialog");
      box.className = "keys-box";
      box.setAttribute("aria-labelledby", "keys-title");
      const title = document.createElement("h2");
      title.id = "keys-title";
      title.textContent = page.querySelector("h1").textContent;
      box.append(title, page.getElementById("keys"));
      box.addEventListener("click", (event) => event.target === box && box.close());
      document.body.append(box);
    }
    box.showModal();
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    o: () => press(".when a, .title a"),
    r: () => press('.acts > a[href^="/compose?reply"]'),
    l: () => press(".act.like"),
    b: () => press('.act[formaction*="repost"]'),
    x: () => { const d = here()?.querySelector("details.warned") || here()?.parentElement.querySelector(":scope > details.branch"); if (d) d.open = !d.open; },
    n: () => { const box = document.querySelector(".composer.home textarea"); box ? box.focus() : document.querySelector("a.compose")?.click(); },
    ".": () => document.querySelector(".pill")?.click(),
    u: () => document.getElementById("unread")?.click(),
    "/": () => document.querySelector(".masthead [type=search]")?.focus(),
    "?": help,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog, details.menu[open]")) return;
    const key = event.key === "Enter" && event.target.matches(".post") ? "o" : event.key;
    if (!Object.hasOwn(keys, key)) return;
    event.preventDefault();
    keys[key]();
  });

  // A link into a folded branch opens it.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let d = target && target.closest("details.branch:not([open])"); d; d = d.parentElement.closest("details.branch:not([open])")) d.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
