// Keeps what every page needs, and a page for when there is no connection. Never keeps what somebody reads.
"use strict";
const kept = "KEPT";
const store = "breezeway-" + kept.join().replace(/[^a-z0-9]/gi, "").slice(-200);

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(store);
    await cache.addAll([...kept, "/theme.css", "/favicon.svg", new Request("/offline", { credentials: "omit", cache: "reload" })]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("breezeway-") && name !== store) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(fetch(event.request).catch(() => caches.match("/offline")));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(caches.match(event.request).then((found) => found ?? fetch(event.request)));
  else if (url.pathname === "/theme.css") event.respondWith(fetch(event.request).catch(() => caches.match("/theme.css")));
});
