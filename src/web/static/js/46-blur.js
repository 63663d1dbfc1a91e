// A few colours where a picture will be: https://github.com/woltapp/blurhash
(() => {
  const A = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~", W = 24, { cos, PI, sign, abs } = Math;
  const n = (s) => [...s].reduce((v, c) => v * 83 + A.indexOf(c), 0);
  const lin = (v) => (v /= 255) > .04045 ? ((v + .055) / 1.055) ** 2.4 : v / 12.92;
  const draw = (a) => {
    const h = a.dataset.blur, img = a.firstChild, k = n(h[0]), X = k % 9 + 1, Y = k / 9 + 1 | 0;
    a.removeAttribute("data-blur");
    if (img.complete || h.length != 4 + 2 * X * Y) return;
    const m = (n(h[1]) + 1) / 166, q = (v) => sign(v - 9) * ((v - 9) / 9) ** 2 * m, C = [];
    for (let i = 0, v; i < X * Y; i++) {
      v = i ? n(h.substr(4 + i * 2, 2)) : n(h.slice(2, 6));
      C.push(i ? [q(v / 361 | 0), q((v / 19 | 0) % 19), q(v % 19)] : [lin(v >> 16), lin(v >> 8 & 255), lin(v & 255)]);
    }
    const c = document.createElement("canvas"), x = c.getContext("2d"), d = x.createImageData(c.width = W, c.height = W);
    for (let p = 0; p < W * W; p++) for (let o = 0, s; o < 4; o++) {
      s = C.reduce((s, v, i) => s + v[o] * cos(PI * (p % W) * (i % X) / W) * cos(PI * (p / W | 0) * (i / X | 0) / W), 0);
      d.data[p * 4 + o] = o > 2 ? 255 : 255 * (s > .0031308 ? 1.055 * s ** (1 / 2.4) - .055 : 12.92 * s);
    }
    x.putImageData(d, 0, 0);
    a.prepend(c);
    img.onload = img.onerror = () => c.remove();
  };
  const all = () => document.querySelectorAll("[data-blur]").forEach(draw);
  all();
  addEventListener("htmx:after:swap", all);
})();
