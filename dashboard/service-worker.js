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

/** What the hub's push channel sends; a push service never sees it in clear. */
self.addEventListener('push', (event) => {
  event.waitUntil(showPush(event.data));
});

/** Every push must be shown: one that cannot be read still says that something happened. */
async function showPush(data) {
  let message = {};
  try {
    message = data === null ? {} : data.json();
  } catch {
    message = { text: data.text() };
  }
  const { id, title = '安铃 Carebell', text = '', link = null, urgency = 0, locale, alarmId } = message;
  await self.registration.showNotification(title, {
    body: text,
    // A repeat of the same message replaces the first, and is heard again.
    ...(id === undefined ? {} : { tag: id, renotify: true }),
    ...(locale === undefined ? {} : { lang: locale }),
    icon: '/icon-192.png',
    requireInteraction: urgency < 2,
    ...(urgency === 0 ? { vibrate: [400, 150, 400, 150, 400] } : {}),
    data: { link, path: alarmId === undefined || alarmId === 'test' ? '/' : `/alarms/${alarmId}` },
  });
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openFrom(event.notification.data));
});

/** A dashboard that is open shows the alarm; without one the responder's link opens, which asks for no log-in. */
async function openFrom({ link, path }) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(({ url }) => !new URL(url).pathname.startsWith('/r/'));
  if (page === undefined) return self.clients.openWindow(link ?? path);
  page.postMessage({ type: 'open-path', path });
  await page.focus();
}

/** The browser has a new subscription for an old one: the hub is told, or pushes would go nowhere. */
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renewSubscription(event));
});

async function renewSubscription({ oldSubscription, newSubscription }) {
  if (!oldSubscription) return;
  const { options } = oldSubscription;
  const renewed = newSubscription ?? (await self.registration.pushManager.subscribe(options));
  const path = '/api/v1/users/me/addresses';
  const answer = await fetch(path);
  if (!answer.ok) return;
  const { addresses } = await answer.json();
  const replaced = addresses.map((own) =>
    own.kind === 'web-push' && endpointOf(own.address) === oldSubscription.endpoint
      ? { ...own, address: JSON.stringify(renewed) }
      : own,
  );
  const headers = { 'content-type': 'application/json' };
  await fetch(path, { method: 'PATCH', headers, body: JSON.stringify({ addresses: replaced }) });
}

function endpointOf(address) {
  try {
    return JSON.parse(address).endpoint;
  } catch {
    return undefined;
  }
}
