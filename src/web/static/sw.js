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

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* A message that cannot be read still has to be shown. */ }
  event.waitUntil(self.registration.showNotification(told.title ?? location.host, {
    body: told.body ?? "", icon: told.icon, tag: told.notification_id, data: told.url ?? "/notifications",
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data, location.origin);
  event.waitUntil(clients.openWindow(url.origin === location.origin ? url.href : "/notifications"));
});
