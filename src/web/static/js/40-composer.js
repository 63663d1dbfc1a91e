// Where one writes: kept while typed, marks, preview, completion, replies where one reads. Without this, the form does it all.
(() => {
  const store = (k, v) => { try { return v === undefined ? localStorage.getItem(k) : v ? localStorage.setItem(k, v) : localStorage.removeItem(k); } catch { return null; } };
  const sent = store("sent");
  if (sent && !document.querySelector(".door, .lost, .composer :is(.wrong:not([hidden]), .notice)")) { store(sent, ""); store("sent", ""); }
  document.addEventListener("submit", (e) => { if (e.submitter?.formAction.endsWith("/sign-out")) try { localStorage.clear(); } catch { /* nothing kept */ } });
  const list = Object.assign(document.createElement("ul"), { className: "complete", id: "complete", hidden: true, role: "listbox" });
  let owner, from, asked = 0;

  const ready = (form) => {
    if (form.ready) return;
    form.ready = true;
    const $ = (s) => form.querySelector(s), f = form.elements, text = $("textarea"), saved = $(".saved"), pane = $(".preview-pane"), tab = $("[data-preview]"), problem = $("[data-problem]");
    const wrong = $(".wrong:not([hidden])"), key = `draft:${f.author.value}:${form.action}:${(f.reply || f.quote || f.planned)?.value || ""}`;
    let timer, busy, more, gone, warned;

    // Kept on the server a second after the last key; in this browser until that is done.
    const say = (kind) => {
      const good = kind === "good", use = saved.querySelector("use");
      saved.hidden = false;
      saved.classList.toggle("bad", !good);
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, kind === "bad" || kind === "out" ? "#cloud-off" : "#cloud-check"));
      saved.lastElementChild.textContent = saved.dataset[kind] + (good ? " " + new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" }) : "");
    };
    const data = () => { const d = new FormData(form); d.delete("image"); return d; };
    const keep = async () => {
      if (gone || busy) { more = busy; return; }
      busy = true; more = false;
      try {
        const answer = await fetch("/drafts", { method: "POST", body: data() });
        if (answer.status === 401) say("out");
        else {
          if (!answer.ok) throw 0;
          const { draft, apart } = await answer.json();
          if (draft) f.draft.value = draft;
          if (!gone && !more) store(key, "");
          say(apart ? "apart" : "good");
        }
      } catch { say("bad"); timer = setTimeout(keep, 15e3); }
      busy = false;
      if (more) keep();
    };
    const typed = () => { if (text.value !== text.defaultValue) store(key, text.value); clearTimeout(timer); timer = setTimeout(keep, 1e3); };
    addEventListener("online", () => { if (saved.matches(".bad")) keep(); });
    addEventListener("pagehide", () => { if (!gone && store(key)) navigator.sendBeacon("/drafts", data()); });
    const left = store(key);
    if (left && !wrong && left !== text.value) { text.value = left; typed(); }

    const count = () => {
      const room = text.dataset.limit - [...text.value].length, out = $(".count");
      out.textContent = room < text.dataset.limit / 5 ? room : "";
      out.classList.toggle("over", room < 0);
    };
    form.addEventListener("input", (e) => { if (e.target === text) { count(); complete(); } typed(); });
    form.addEventListener("kept", typed);
    count();

    // Marks; the browser's own undo goes on working.
    const put = (words, a, b) => {
      text.focus(); text.setSelectionRange(a, b);
      if (!document.execCommand("insertText", false, words)) { text.setRangeText(words, a, b, "end"); text.dispatchEvent(new Event("input", { bubbles: true })); }
    };
    const mark = (kind) => {
      const { selectionStart: a, selectionEnd: b, value } = text, chosen = value.slice(a, b);
      const sign = { bold: "**", italic: "*", code: "`" }[kind], line = value.lastIndexOf("\n", a - 1) + 1;
      if (sign) { put(sign + chosen + sign, a, b); text.setSelectionRange(a + sign.length, b + sign.length); }
      else if (kind === "link") { put(`[${chosen}](https://)`, a, b); text.setSelectionRange(a + 1, b + 1); }
      else put(value.slice(line, b).replace(/^/gm, kind === "list" ? "- " : "> "), line, b);
    };
    const bar = $("[role=toolbar]"), tools = [...bar.children];
    bar.addEventListener("click", (e) => { const b = e.target.closest("button"); if (b) mark(b.dataset.mark); });
    bar.addEventListener("keydown", (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key], at = tools.indexOf(e.target);
      if (!step) return;
      const to = tools[(at + (document.dir === "rtl" ? -step : step) + tools.length) % tools.length];
      tools[at].tabIndex = -1; to.tabIndex = 0; to.focus();
    });
    const look = (on) => { pane.hidden = !on; $(".writing").hidden = on; tab.setAttribute("aria-pressed", on); };
    look(!pane.hidden);
    tab.addEventListener("click", async (e) => {
      e.preventDefault();
      if (!pane.hidden) { look(false); return text.focus(); }
      try {
        const answer = await fetch("/compose/preview", { method: "POST", body: new URLSearchParams({ csrf: f.csrf.value, text: text.value }) });
        if (!answer.ok) throw 0;
        pane.innerHTML = await answer.text();
        look(true);
      } catch { say("bad"); }
    });

    // People, tags and signs.
    const fold = () => { list.hidden = true; asked++; text.removeAttribute("aria-activedescendant"); };
    const choose = (o) => { for (const x of list.children) x.ariaSelected = x === o; text.setAttribute("aria-activedescendant", o.id); };
    const insert = (o) => { fold(); put(o.dataset.insert + " ", from, text.selectionEnd); };
    const complete = async () => {
      const before = text.value.slice(0, text.selectionEnd), found = /(?:^|[\s(])([@#:])([\p{L}\p{N}_.+@-]{1,60})$/u.exec(before);
      fold();
      if (!found || found[1] + found[2].length === ":1") return;
      const mine = asked;
      await new Promise((done) => setTimeout(done, 120));
      if (asked !== mine) return;
      const answer = await fetch("/complete?" + new URLSearchParams({ kind: { "@": "person", "#": "tag", ":": "emoji" }[found[1]], q: found[2] })).catch(() => 0);
      const html = answer?.ok ? await answer.text() : "";
      if (asked !== mine || !html.trim()) return;
      list.innerHTML = html; from = before.length - found[2].length - 1; owner = text;
      text.after(list); list.hidden = false; choose(list.firstElementChild);
    };
    list.addEventListener("mousedown", (e) => { const o = e.target.closest("[role=option]"); if (o && owner === text) { e.preventDefault(); insert(o); } });
    text.addEventListener("blur", fold);
    text.addEventListener("keydown", (e) => {
      const mod = e.ctrlKey || e.metaKey, step = { ArrowDown: 1, ArrowUp: -1 }[e.key], stop = () => { e.preventDefault(); e.stopPropagation(); };
      if (!list.hidden && owner === text && !mod) {
        const all = [...list.children], at = all.findIndex((o) => o.ariaSelected === "true");
        if (step) { stop(); choose(all[(at + step + all.length) % all.length]); }
        if (e.key === "Enter" || e.key === "Tab") { stop(); insert(all[at]); }
        if (e.key === "Escape") { stop(); fold(); }
        return;
      }
      if (mod && e.key === "Enter") { stop(); form.requestSubmit($(".button.primary")); }
      const kind = mod && { b: "bold", i: "italic", K: "link" }[e.key];
      if (kind) { stop(); mark(kind); }
      if (e.key === "Escape" && !text.value) text.blur();
    });

    // Pressed twice is pressed once; who forgot a description is asked once.
    form.addEventListener("submit", (e) => {
      const bare = [...form.querySelectorAll("[name=kept_alt]")].find((i) => !i.value.trim());
      if (gone) return e.preventDefault();
      if (bare && !warned && e.submitter?.value !== "draft") { warned = true; e.preventDefault(); problem.textContent = problem.dataset.alt; problem.hidden = false; return bare.focus(); }
      if (f.later?.value) f.zone.value = -new Date(f.later.value).getTimezoneOffset();
      clearTimeout(timer); gone = true; store("sent", key);
    });
    addEventListener("pageshow", () => { gone = false; });
    // The page gives a planned time in UTC.
    if (f.planned && f.later?.value && !wrong) { const at = new Date(f.later.value + "Z"); f.later.value = new Date(at - at.getTimezoneOffset() * 6e4).toISOString().slice(0, 16); }
  };
  const all = () => document.querySelectorAll(".composer form").forEach(ready);
  all();

  document.addEventListener("click", async (e) => {
    const link = e.target.closest(".post a[href^='/compose?']"), post = link?.closest(".post");
    if (!post || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    let box = post.nextElementSibling;
    try {
      if (!box?.matches(".composer.answer")) {
        const answer = await fetch(link.href.replace("/compose?", "/compose/box?") + "&back=" + encodeURIComponent(location.pathname + location.search));
        if (!answer.ok || answer.redirected) throw 0;
        post.insertAdjacentHTML("afterend", await answer.text());
        box = post.nextElementSibling;
        all(); document.dispatchEvent(new Event("composer"));
      }
      const text = box.querySelector("textarea");
      text.focus(); text.setSelectionRange(text.value.length, text.value.length);
    } catch { location = link.href; }
  });
})();
