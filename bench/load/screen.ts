import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { io } from 'socket.io-client';
import type { Place } from '../place.ts';

export type Screen = { close(): void };

type Told = { alarm: { id: string; deviceId: string } };

/** A screen on the live feed: it tells of each alarm's first message, and reports the alarm as displayed. */
export function openScreen(feed: Place['feed'], appeared: (deviceId: string) => void): Promise<Screen> {
  return feed.url.startsWith('ws:') ? openBareScreen(feed.url, appeared) : openFeedScreen(feed, appeared);
}

async function openFeedScreen(
  { url, cookie }: Place['feed'],
  appeared: (deviceId: string) => void,
): Promise<Screen> {
  const socket = io(url, {
    path: liveFeedPath,
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie },
    auth: { screenId: 'bench' },
  });
  const seen = new Set<string>();
  let unreported: string[] = [];
  socket.on('alarm', ({ alarm }: Told) => {
    if (seen.has(alarm.id)) return;
    seen.add(alarm.id);
    appeared(alarm.deviceId);
    unreported.push(alarm.id);
  });
  // As a page does that paints sixty times a second and reports what it has painted.
  const reporting = setInterval(() => {
    if (unreported.length === 0) return;
    const alarmIds = unreported.slice(0, 200);
    unreported = unreported.slice(200);
    socket.emit('displayed', { alarmIds }, () => undefined);
  }, 16);
  await new Promise<void>((resolve, reject) => {
    socket.once('snapshot', () => resolve());
    socket.once('connect_error', reject);
  });
  return {
    close() {
      clearInterval(reporting);
      socket.disconnect();
    },
  };
}

async function openBareScreen(url: string, appeared: (deviceId: string) => void): Promise<Screen> {
  const socket = new WebSocket(url);
  socket.addEventListener('message', ({ data }: MessageEvent) =>
    appeared((JSON.parse(String(data)) as Told).alarm.deviceId),
  );
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`${url}: no WebSocket there`)));
  });
  return { close: () => socket.close() };
}
