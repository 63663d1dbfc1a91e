// Likes and reposts without a new page.
(() => {
  // Likes and reposts without a new page; the form still works if this fails.
  const opposite = { like: "unlike", unlike: "like", repost: "unrepost", unrepost: "repost", keep: "unkeep", unkeep: "keep" };
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
      if (verb.endsWith("keep")) return void (button.disabled = false);
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
})();
