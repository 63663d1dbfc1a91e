// What arrives while a page is open: counted in a pill or put in its place, never moving what one reads.
(() => {
  if (!document.querySelector(".masthead")) return;
  const live = document.getElementById("live"), said = live ? live.dataset : {};
  const slot = document.querySelector(".pill-slot"), list = document.getElementById("posts");
  const at = (id) => document.getElementById("p" + id);
  const page = async (url) => {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw answer.status;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const brought = (el) => { globalThis.htmx?.process?.(el); dispatchEvent(new CustomEvent("brought", { detail: el })); };

  // Does something to the page and leaves what is read where it is.
  const still = (change) => {
    const eye = [...document.querySelectorAll(".post")].find((post) => post.getBoundingClientRect().bottom > 120);
    const before = eye && eye.getBoundingClientRect().top;
    change(eye);
    if (eye?.isConnected) scrollBy({ top: eye.getBoundingClientRect().top - before, behavior: "instant" });
  };

  // The pill.
  const waiting = new Set();
  let answers = false;
  const pill = () => {
    if (!slot) return;
    const n = waiting.size;
    if (!n) return void slot.replaceChildren();
    const word = said[(answers ? "answer" : "pill") + (n === 1 ? "One" : "Many")].replace("#", n);
    let link = slot.querySelector("a");
    if (!link) {
      link = document.createElement("a");
      link.className = "pill";
      slot.append(link);
    }
    link.href = location.pathname + location.search;
    link.textContent = waiting.has("?") ? said.look : word;
  };
  slot?.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (answers || !said.newest || waiting.has("?")) return location.reload();
    try {
      const piece = (await page(`/timelines/${said.list}/new?since=${said.newest}`)).getElementById("newer");
      if ("more" in piece.dataset) return location.reload();
      said.newest = piece.dataset.newest;
      for (const post of piece.querySelectorAll(".post")) at(post.id.slice(1))?.remove();
      const first = piece.firstElementChild;
      list.prepend(...piece.children);
      brought(list);
      waiting.clear();
      pill();
      scrollTo({ top: 0 });
      first?.focus({ preventScroll: true });
      open();
    } catch { location.reload(); }
  });

  const unread = (n) => {
    for (const link of document.querySelectorAll('.masthead a[href="/notifications"], .rail a[href="/notifications"]')) {
      let mark = link.querySelector(".mark");
      if (!n) { mark?.remove(); continue; }
      if (!mark) { mark = document.createElement("span"); mark.className = "mark"; mark.append(""); link.append(" ", mark); }
      if (mark.firstChild?.nodeType !== 3) mark.prepend("");
      mark.firstChild.data = n > 99 ? "99+" : n;
    }
    document.title = (n ? `(${n > 99 ? "99+" : n}) ` : "") + document.title.replace(/^\(\d+\+?\) /, "");
  };

  const figure = (post, which, n) => {
    const act = post.querySelector(`.acts > .act${which}`);
    if (!act || act.dataset.busy) return;
    let count = act.querySelector("span:not(.unseen)");
    if (!count && n) act.append(" ", (count = document.createElement("span")));
    if (count) count.textContent = n || "";
  };

  const hear = {
    note: ({ unread: n }) => unread(n),
    new: ({ ids }) => { ids.filter((id) => !at(id)).forEach((id) => waiting.add(id)); pill(); },
    answers: ({ ids }) => { ids.filter((id) => !at(id)).forEach((id) => { waiting.add(id); answers = true; }); pill(); },
    reset: () => { if (said.list || said.thread) { waiting.add("?"); pill(); } },
    count: ({ id, replies, reposts, likes }) => {
      const post = at(id);
      if (!post) return;
      figure(post, ":first-child", replies);
      figure(post, ":nth-child(2)", reposts);
      figure(post, ".like", likes);
    },
    changed: async ({ id }) => {
      const post = at(id);
      // Nobody's words, choice or open menu is taken away.
      if (!post || post.querySelector("details.menu[open], form :checked") || post.contains(document.activeElement) && post !== document.activeElement) return;
      const how = post.matches(".focal") ? "?focal=1" : post.closest(".thread") ? "?inside=1" : "";
      try {
        const anew = (await page(`/posts/${id}/card${how}`)).querySelector(".post");
        anew.classList.toggle("new", post.matches(".new"));
        anew.querySelectorAll("details.warned").forEach((d, i) => { d.open = post.querySelectorAll("details.warned")[i]?.open; });
        still(() => { const focus = post === document.activeElement; post.replaceWith(anew); if (focus) anew.focus({ preventScroll: true }); });
        brought(anew);
      } catch { /* the next page shows it */ }
    },
    gone: ({ id }) => {
      const post = at(id);
      if (!post) return;
      still((eye) => {
        const size = post.offsetHeight;
        const line = document.createElement("p");
        line.className = "gone";
        line.textContent = said.gone;
        // What is read, and what stands below it, stays where it is.
        if (post === eye || post.getBoundingClientRect().top > 0) line.style.minHeight = size + "px";
        post.replaceWith(line);
      });
    },
    looked: async () => {
      const news = document.getElementById("thread-news");
      if (!news) return;
      try {
        const anew = (await page(location.href)).getElementById("thread-news");
        still(() => news.replaceWith(anew));
      } catch { /* the link still works */ }
    },
  };

  // The stream: open while the page is looked at. A hidden page gives its connection back.
  let stream, last = "", timer;
  const shut = () => { stream?.close(); stream = null; };
  const open = () => {
    shut();
    clearTimeout(timer);
    const asked = new URLSearchParams();
    const shown = [...document.querySelectorAll(".post[id^=p]")].slice(0, 200).map((post) => BigInt(post.id.slice(1)).toString(36));
    if (said.list) asked.set("list", said.list);
    if (said.thread) asked.set("thread", said.thread);
    if (shown.length && live) asked.set("shown", shown.join("."));
    if (last) asked.set("last", last);
    stream = new EventSource("/live?" + asked);
    for (const name in hear) stream.addEventListener(name, (event) => { last = event.lastEventId || last; hear[name](JSON.parse(event.data)); });
    stream.onerror = () => { if (stream?.readyState === 2) { shut(); timer = setTimeout(open, 6e4); } };
  };
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(shut, 1e4);
    else if (!stream) open();
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", shut);
  addEventListener("pageshow", look);
  look();

  // Further pages, when the end comes near; the link stays for whoever stops it.
  const ahead = new IntersectionObserver(async ([end]) => {
    const pager = end.target, next = pager.querySelector("a[rel=next]");
    if (!end.isIntersecting || !next || !list) return;
    ahead.disconnect();
    try {
      const more = await page(next.href);
      const posts = [...more.querySelectorAll("#posts > *")].filter((el) => !el.id || !document.getElementById(el.id));
      const anew = more.querySelector("main > .pager");
      list.append(...posts);
      brought(list);
      if (anew) { anew.querySelector("[rel=prev]")?.remove(); pager.replaceWith(anew); if (anew.querySelector("[rel=next]")) ahead.observe(anew); } else pager.remove();
      open();
    } catch { /* the link still works */ }
  }, { rootMargin: "600px" });
  const pager = list && document.querySelector("main > .pager");
  if (pager && said.list) ahead.observe(pager);
})();
