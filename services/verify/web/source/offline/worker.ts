/** The service worker: the offline verifier itself, kept so that it starts without a network. */

export {};

interface Lasting extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

// Put in where the files are served: their names say what is in them.
const FILES: readonly string[] = "[[files]]".split(" ");
const PAGE = "/v/offline/";
const CACHE = "yuzheng-offline-[[release]]";
const OURS = "yuzheng-offline-";

self.addEventListener("install", (event) => {
  (event as Lasting).waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  (event as Lasting).waitUntil(forgetOthers());
});

self.addEventListener("fetch", (event) => {
  const { request, respondWith } = fetching(event);
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const path = request.mode === "navigate" ? PAGE : address.pathname;
  if (path === PAGE ? address.pathname === PAGE : FILES.includes(path)) respondWith(kept(path));
});

function fetching(event: Event): { request: Request; respondWith: Fetching["respondWith"] } {
  const one = event as Fetching;
  return { request: one.request, respondWith: (answer) => one.respondWith(answer) };
}

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([PAGE, ...FILES].map((path) => new Request(path, { cache: "reload" })));
  // The next time the page is opened it is the new one: a withdrawn root must not live on in a
  // page that is never closed.
  await (self as unknown as { skipWaiting(): Promise<void> }).skipWaiting();
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function kept(path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(path);
}
