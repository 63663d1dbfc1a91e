// The command palette: Ctrl-K or ⌘-K anywhere; letters, arrows, Enter, Escape.
(() => {
  const dialog = document.querySelector("dialog.palette");
  if (!dialog) return;
  const field = dialog.querySelector("input"), list = dialog.querySelector("[role=listbox]");
  let asked = 0, wait;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");
  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id); else field.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch("/palette?q=" + encodeURIComponent(field.value));
      if (!answer.ok || answer.redirected || mine !== asked) return;
      list.innerHTML = await answer.text();
      choose(options()[0]);
    } catch { /* what stood there stays */ }
  };
  const open = () => { if (!dialog.open) { field.value = ""; dialog.showModal(); ask(); } };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") { event.preventDefault(); open(); }
  });
  document.querySelector(".tool.find")?.addEventListener("click", (event) => { event.preventDefault(); open(); });
  field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(ask, 80); });
  field.addEventListener("keydown", (event) => {
    const all = options(), at = all.indexOf(chosen());
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + (at < 0), Home: event.ctrlKey ? 0 : null, End: event.ctrlKey ? all.length - 1 : null }[event.key];
    if (to != null && all.length) { event.preventDefault(); choose(all[(to + all.length) % all.length]); }
    if (event.key === "Enter") { event.preventDefault(); if (event.ctrlKey || event.metaKey || !chosen()) location.href = "/search?q=" + encodeURIComponent(field.value); else chosen().click(); }
  });
  list.addEventListener("pointermove", (event) => { const option = event.target.closest("[role=option]"); if (option && option !== chosen()) choose(option); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
})();
