// Times in the reader's own zone, and how long ago.
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
})();
