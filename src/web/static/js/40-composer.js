// Where one writes: what was typed stays, how much room is left.
(() => {
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
