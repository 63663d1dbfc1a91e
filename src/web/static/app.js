// Small comforts. Every page works without this file.
"use strict";
(() => {
  const minute = 60e3, hour = 60 * minute, day = 24 * hour;
  const since = (then, now) => {
    const age = now - then;
    if (age < minute) return "now";
    if (age < hour) return Math.floor(age / minute) + " min";
    if (age < day) return Math.floor(age / hour) + " h";
    if (age < 7 * day) return Math.floor(age / day) + " d";
    return null;
  };
  const long = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" });
  const tick = () => {
    for (const el of document.querySelectorAll("time")) {
      const then = Date.parse(el.dateTime);
      const short = since(then, Date.now());
      if (el.title) { el.title = long.format(then); if (short) el.textContent = short; }
      else el.textContent = long.format(then);
    }
  };
  tick();
  setInterval(tick, minute);

  // Likes and reposts without a new page; the form still works if this fails.
  const opposite = { like: "unlike", unlike: "like", repost: "unrepost", unrepost: "repost" };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.act[formaction]");
    if (!button || button.disabled) return;
    const path = button.getAttribute("formaction");
    const verb = path.slice(path.lastIndexOf("/") + 1);
    if (!opposite[verb]) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(button.form));
    button.disabled = true;
    try {
      const answer = await fetch(path, { method: "POST", body, headers: { "X-Quiet": "1" } });
      if (!answer.ok) throw new Error(answer.status);
      const on = !verb.startsWith("un");
      button.setAttribute("aria-pressed", on);
      button.setAttribute("formaction", path.replace(/[a-z]+$/, opposite[verb]));
      let count = button.querySelector("span:not(.unseen)");
      const number = Math.max(0, (count ? Number(count.textContent) : 0) + (on ? 1 : -1));
      if (!count) button.append(" ", (count = document.createElement("span")));
      count.textContent = number || "";
      button.disabled = false;
    } catch {
      button.disabled = false;
      button.form.requestSubmit(button);
    }
  });

  // Whether more of a conversation has arrived; without this, the link shows it.
  for (const line of document.querySelectorAll("[data-poll]")) {
    let left = 40;
    const ask = async () => {
      try {
        const answer = await fetch(line.dataset.poll);
        if (!answer.ok) return;
        const news = await answer.json();
        if (news.running) return void (left-- && setTimeout(ask, 3e3));
        line.querySelector("span").textContent = news.text;
        line.querySelector("a").textContent = news.label;
      } catch { /* the link still works */ }
    };
    setTimeout(ask, 3e3);
  }

  // One menu open at a time; a click elsewhere or Escape closes it.
  const close = (except) => document.querySelectorAll("details.menu[open]").forEach((m) => { if (m !== except) m.open = false; });
  document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details.menu[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches(".composer textarea")) event.target.form.requestSubmit();
  });

  // What was typed is kept in this browser until a page shows that it has arrived.
  const kept = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* private window */ } },
  };
  if (kept.get("sent") && !document.querySelector(".door, .lost, .wrong")) { kept.set(kept.get("sent")); kept.set("sent"); }

  document.addEventListener("submit", (event) => {
    if (event.submitter?.getAttribute("formaction") === "/sign-out") try { localStorage.clear(); } catch { /* nothing kept */ }
  });

  // How much room is left, and only as many image slots as are needed.
  for (const form of document.querySelectorAll(".composer form")) {
    const text = form.querySelector("textarea"), count = form.querySelector(".count");
    const limit = Number(text.dataset.limit);
    const show = () => {
      const left = limit - [...text.value].length;
      count.textContent = left < limit * 0.2 ? left : "";
      count.classList.toggle("over", left < 0);
    };
    const key = "draft:" + form.getAttribute("action") + ":" + (form.elements.reply ? form.elements.reply.value : "");
    if (kept.get(key) && text.value === text.defaultValue && !form.querySelector(".wrong")) text.value = kept.get(key);
    text.addEventListener("input", () => { show(); kept.set(key, text.value === text.defaultValue ? "" : text.value); });
    show();
    const slots = [...form.querySelectorAll("[data-slot]")];
    const trim = () => {
      const used = slots.findLastIndex((s) => s.querySelector("input[type=file]").files.length);
      slots.forEach((s, i) => { s.hidden = i > used + 1; });
    };
    form.addEventListener("change", trim);
    trim();
    let sent = false;
    form.addEventListener("submit", (event) => { if (sent) return event.preventDefault(); sent = true; kept.set("sent", key); });
    addEventListener("pageshow", () => { sent = false; });
  }
})();
