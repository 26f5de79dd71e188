import { setTimeout as pass } from 'node:timers/promises';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import type { SignedIn } from '../community.ts';
import { openBackground } from '../crowd/background.ts';
import type { Background } from '../crowd/background.ts';
import { openCrowd } from '../crowd/crowd.ts';
import type { Crowd } from '../crowd/crowd.ts';
import { answerOrders } from '../crowd/orders.ts';
import { openSamples } from '../crowd/samples.ts';
import { publishBytes } from '../raw-party.ts';

export type SoakPlace = {
  mqttPort: number;
  url: string;
  operator: { name: string; password: string };
  crowd: SignedIn[];
  gateways: SignedIn[];
  doors: string[];
  run: string;
  perSecond: { events: number; presses: number; reconnects: number; screens: number; pages: number };
};
export type SoakAsk = { order: 'live'; place: SoakPlace } | { order: 'tell' } | { order: 'quiet' };
export type SoakTold = {
  events: number;
  waiting: number;
  pressed: number;
  shown: number;
  closed: number;
  open: number;
  /** Calls of the API that were answered with an error; there should be none. */
  refused: string[];
  /** Since it was told last. */
  pubackMs: { p50: number; p99: number };
  shownMs: { p50: number; p99: number };
  cores: number;
};

const quietWithinMs = 60_000;
const resident = '/residents?limit=50';
let place: SoakPlace;
let api: Api;
let crowd: Crowd;
let background: Background;
let screen: Socket | undefined;
let shownMs = openSamples();
let used = { atMs: performance.now(), cpu: process.cpuUsage() };
const pressedAtMs = new Map<string, number>();
const open = new Set<string>();
const refused: string[] = [];
const counts = { pressed: 0, shown: 0, closed: 0 };
const timers: ReturnType<typeof setInterval>[] = [];

async function live(given: SoakPlace): Promise<void> {
  place = given;
  api = await logIn(place.url, place.operator.name, place.operator.password);
  background = openBackground(place.mqttPort, place.gateways, place.doors, place.run);
  await background.ready;
  crowd = await openCrowd(place.mqttPort, place.crowd);
  await showScreen();
  const { events, presses, reconnects, screens, pages } = place.perSecond;
  background.speak(events);
  let dropped = 0;
  every(presses, press);
  every(reconnects, () => crowd.drop((dropped += 7) % place.crowd.length));
  every(screens, () => void showScreen());
  every(pages, () => void call(() => api.get(resident)));
}

function every(perSecond: number, act: () => void): void {
  if (perSecond > 0) timers.push(setInterval(act, 1_000 / perSecond));
}

/** Each resident in turn, so that none calls again before its alarm is closed. */
function press(): void {
  const index = counts.pressed % place.crowd.length;
  const { id: deviceId } = place.crowd[index] ?? { id: '' };
  if (pressedAtMs.has(deviceId)) return;
  counts.pressed += 1;
  const event = { id: `${place.run}-${counts.pressed}`, kind: 'button.pressed', data: { key: 'help' } };
  pressedAtMs.set(deviceId, performance.now());
  const topic = buildTopic({ of: 'device', deviceId, kind: 'event' });
  crowd.say(index, publishBytes(topic, JSON.stringify(event), 1), () => undefined);
}

/** A new screen takes the place of the one before, as a page that is loaded anew. */
async function showScreen(): Promise<void> {
  const next = io(place.url, {
    path: liveFeedPath,
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie: api.cookie },
    auth: { screenId: `soak-${counts.pressed}` },
  });
  type Told = { id: string; deviceId: string | null; kind: string; phase: string };
  const take = ({ id, deviceId, kind, phase }: Told): void => {
    if (kind !== 'help' || deviceId === null) return;
    if (phase === 'closed') {
      if (open.delete(id)) pressedAtMs.delete(deviceId);
      return;
    }
    if (open.has(id)) return;
    open.add(id);
    const atMs = pressedAtMs.get(deviceId);
    if (atMs !== undefined) shownMs.add(performance.now() - atMs);
    counts.shown += 1;
    next.emit('displayed', { alarmIds: [id] }, () => undefined);
    void answerCall(id);
  };
  next.on('alarm', ({ alarm }: { alarm: Told }) => take(alarm));
  next.on('snapshot', ({ alarms }: { alarms: Told[] }) => alarms.forEach(take));
  await new Promise((resolve) => {
    next.once('snapshot', resolve);
  });
  screen?.disconnect();
  screen = next;
}

/** Somebody takes it, speaks with the resident and closes it. */
async function answerCall(id: string): Promise<void> {
  await call(() => api.post(`/alarms/${id}/acknowledge`, {}));
  await pass(1_000);
  await call(() => api.get(`/alarms/${id}`));
  const isClosed = await call(() =>
    api.post(`/alarms/${id}/close`, { disposition: 'helped-by-phone', proof: 'voice-contact', note: '' }),
  );
  if (isClosed) counts.closed += 1;
}

async function call(ask: () => Promise<{ status: number; body: unknown }>): Promise<boolean> {
  const { status, body } = await ask();
  if (status === 401) api = await logIn(place.url, place.operator.name, place.operator.password);
  if (status >= 400) refused.push(`${status} ${JSON.stringify(body).slice(0, 200)}`);
  return status < 400;
}

function tell(): SoakTold {
  const [taken, puback] = [shownMs, background.takeLatencies()];
  shownMs = openSamples();
  const { user, system } = process.cpuUsage(used.cpu);
  const cores = (user + system) / 1_000 / (performance.now() - used.atMs);
  used = { atMs: performance.now(), cpu: process.cpuUsage() };
  return {
    events: background.acknowledged(),
    waiting: background.waiting() + crowd.waiting(),
    ...counts,
    open: open.size,
    refused: refused.slice(0, 5),
    pubackMs: { p50: puback.at(0.5), p99: puback.at(0.99) },
    shownMs: { p50: taken.at(0.5), p99: taken.at(0.99) },
    cores,
  };
}

answerOrders(async (ask: SoakAsk): Promise<SoakTold> => {
  if (ask.order === 'live') await live(ask.place);
  if (ask.order === 'quiet') {
    timers.forEach((timer) => clearInterval(timer));
    background.speak(0);
    const untilMs = performance.now() + quietWithinMs;
    const isBusy = (): boolean => background.waiting() + crowd.waiting() + open.size > 0;
    while (isBusy() && performance.now() < untilMs) await pass(50);
  }
  return tell();
});
