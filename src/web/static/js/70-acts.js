// Likes and reposts show at once, before the answer; the form still works if there is nobody to say that it failed.
(() => {
  const opposite = { like: "unlike", unlike: "like", repost: "unrepost", unrepost: "repost", keep: "unkeep", unkeep: "keep" };
  const turn = (button, verb, on) => {
    button.setAttribute("aria-pressed", on);
    button.setAttribute("formaction", button.getAttribute("formaction").replace(/[a-z]+$/, opposite[verb]));
    if (verb.endsWith("keep")) return;
    let count = button.querySelector("span:not(.unseen)");
    const number = Math.max(0, (count ? Number(count.textContent) : 0) + (on ? 1 : -1));
    if (!count) button.append(" ", (count = document.createElement("span")));
    count.textContent = number || "";
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.act[formaction]");
    if (!button || button.disabled) return;
    const path = button.getAttribute("formaction"), verb = path.slice(path.lastIndexOf("/") + 1);
    if (!opposite[verb]) return;
    event.preventDefault();
    if (button.dataset.busy) return;
    button.dataset.busy = 1;
    const on = !verb.startsWith("un"), form = button.form;
    turn(button, verb, on);
    try {
      const answer = await fetch(path, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Quiet": "1" } });
      if (!answer.ok || answer.redirected) throw answer.status;
    } catch {
      turn(button, opposite[verb], !on);
      const said = document.getElementById("live")?.dataset.failed;
      said ? window.breezeway.say(said, true) : form.requestSubmit(button);
    }
    delete button.dataset.busy;
  });
})();
