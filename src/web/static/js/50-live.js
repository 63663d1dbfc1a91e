// What arrives while a page is open.
(() => {
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
})();
