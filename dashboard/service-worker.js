/*
 * Keeps the shell of the dashboard (its page, scripts and styles), so that it opens without a network and says so.
 * It never touches what the hub says: no API answer, no live feed. The build puts in the version and the file names.
 */
const version = '__VERSION__';
const shellFiles = __SHELL_FILES__;
const cacheName = `carebell-shell-${version}`;
/** A network slower than this is taken for none; the page then comes from the store and tells how the feed is. */
const pageWithinMs = 8_000;
/** An open page may still ask for scripts of the version before. */
const versionsKept = 2;
const programs = /^\/(?:api|socket\.io|mqtt|healthz|readyz|metrics)(?:[/?]|$)/;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      await cache.addAll(['/', ...shellFiles]);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const ours = (await caches.keys()).filter((name) => name.startsWith('carebell-shell-'));
      await Promise.all(ours.slice(0, -versionsKept).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || programs.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(pageFromHubFirst(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(scriptFromStoreFirst(request));
});

/** The hub's page comes first: so a reload brings a new version. */
async function pageFromHubFirst(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(pageWithinMs) });
  } catch (error) {
    const stored = await caches.match('/', { cacheName });
    if (stored === undefined) throw error;
    return stored;
  }
}

/** Names under assets/ carry a hash of what is in them, so a stored one is never out of date. */
async function scriptFromStoreFirst(request) {
  return (await caches.match(request)) ?? fetch(request);
}
