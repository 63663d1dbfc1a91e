// Pictures of a post: sent at once, by button, paste or drop; put in order, described, with the point that matters.
(() => {
  const ready = (form) => {
    if (form.dataset.media) return;
    form.dataset.media = "1";
    const $ = (s) => form.querySelector(s), shelf = $(".shelf"), problem = $("[data-problem]");
    const kept = () => form.dispatchEvent(new Event("kept"));
    const wrong = (words) => { problem.textContent = words; problem.hidden = !words; };
    const input = document.createElement("input");
    Object.assign(input, { type: "file", multiple: true, hidden: true });
    form.append(input);
    $("[data-pick]").addEventListener("click", () => input.click());
    input.addEventListener("change", () => { take(input.files); input.value = ""; });
    const send = (file) => {
      const item = document.createElement("li"), bar = document.createElement("progress"), picture = document.createElement("img");
      const place = item.appendChild(document.createElement("div"));
      place.className = "slot"; picture.alt = ""; if (/^image/.test(file.type)) picture.src = URL.createObjectURL(file); bar.max = 1;
      place.append(picture, bar); shelf.append(item);
      const body = new FormData(), request = new XMLHttpRequest();
      body.append("csrf", form.elements.csrf.value); body.append("image", file);
      request.upload.onprogress = (e) => { if (e.lengthComputable) bar.value = e.loaded / e.total; };
      request.onerror = () => { item.remove(); wrong(problem.dataset.lost); };
      request.onload = () => {
        URL.revokeObjectURL(picture.src);
        if (request.status !== 200) { item.remove(); return wrong(request.status === 422 && request.response.length < 300 ? request.response : problem.dataset.lost); }
        item.insertAdjacentHTML("afterend", request.response);
        item.remove(); kept();
      };
      request.open("POST", "/media"); request.send(body);
    };
    const take = (files) => {
      wrong("");
      for (const file of files) {
        if (shelf.children.length >= +shelf.dataset.most) return wrong(problem.dataset.full);
        send(file);
      }
    };
    form.addEventListener("paste", (e) => { if (e.clipboardData.files.length) { e.preventDefault(); take(e.clipboardData.files); } });
    for (const [name, on] of [["dragover", true], ["dragleave", false], ["drop", false]]) form.addEventListener(name, (e) => {
      if (!e.dataTransfer?.types.includes("Files")) return;
      e.preventDefault(); form.classList.toggle("dropping", on);
      if (name === "drop") take(e.dataTransfer.files);
    });
    shelf.addEventListener("click", (e) => {
      const item = e.target.closest("li"), button = e.target.closest("button");
      if (button?.dataset.move) {
        const other = button.dataset.move < 0 ? item.previousElementSibling : item.nextElementSibling;
        if (other) { other[button.dataset.move < 0 ? "before" : "after"](item); button.focus(); kept(); }
      } else if (button) { item.remove(); kept(); }
      else if (e.target.matches("[data-focus] img")) {
        const box = e.target.getBoundingClientRect(), x = (e.clientX - box.left) / box.width, y = (e.clientY - box.top) / box.height;
        item.querySelector("[name=kept_focus]").value = (x * 2 - 1).toFixed(2) + "," + (1 - y * 2).toFixed(2);
        e.target.style.objectPosition = x * 100 + "% " + y * 100 + "%"; kept();
      }
    });
  };
  const all = () => document.querySelectorAll(".composer form").forEach(ready);
  all();
  document.addEventListener("composer", all);
})();
