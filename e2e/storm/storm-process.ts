import { once } from 'node:events';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { io } from 'socket.io-client';
import type { SignedIn } from '../community.ts';
import { logIn } from '../api.ts';
import { openBackground } from '../crowd/background.ts';
import { openCrowd } from '../crowd/crowd.ts';
import { publishBytes } from '../raw-party.ts';
import { pressId } from './press-id.ts';

/** What the process is told at its start. */
export type StormPlace = {
  mqttPort: number;
  url: string;
  operator: { name: string; password: string };
  crowd: SignedIn[];
  gateways: SignedIn[];
  doors: string[];
  backgroundPerSecond: number;
  warmUpMs: number;
  withinMs: number;
  /** For everything to be acknowledged and shown, after the last press. */
  overWithinMs: number;
};
export type StormCounts = {
  /** Of each of the crowd, in its order; times of the machine, `null`: never. */
  pressedAtMs: number[];
  acknowledgedAtMs: (number | null)[];
  shownAtMs: (number | null)[];
  background: { perSecond: number; acknowledged: number; heldBack: number; pubackP99Ms: number };
  lostConnections: number;
  /** Of one core, from the first press to the last alarm. */
  cores: number;
};
export type StormAnswer = { is: 'connected'; afterMs: number } | ({ is: 'over' } & StormCounts);

const tickMs = 5;
const lookEveryMs = 50;

process.once('disconnect', () => process.exit(1));
const [place] = (await once(process, 'message')) as [StormPlace];
const { crowd: accounts } = place;
const numberOf = new Map(accounts.map(({ id }, index) => [id, index]));
const never = (): (number | null)[] => Array.from({ length: accounts.length }, () => null);
const [acknowledgedAtMs, shownAtMs] = [never(), never()];
const pressedAtMs: number[] = [];
let shown = 0;

const startedAtMs = performance.now();
const screen = await openScreen();
const background = openBackground(place.mqttPort, place.gateways, place.doors, pressId);
await background.ready;
const crowd = await openCrowd(place.mqttPort, accounts);
const packets = accounts.map(({ id }) =>
  publishBytes(
    buildTopic({ of: 'device', deviceId: id, kind: 'event' }),
    JSON.stringify({ id: pressId, kind: 'button.pressed', data: { key: 'help' } }),
    1,
  ),
);
const go = once(process, 'message');
say({ is: 'connected', afterMs: performance.now() - startedAtMs });
await go;

background.speak(place.backgroundPerSecond);
await pass(place.warmUpMs);
const begin = { atMs: performance.now(), said: background.acknowledged(), cpu: process.cpuUsage() };
background.takeLatencies();
await pressAll();
const saidAll = { atMs: performance.now(), said: background.acknowledged() };
const untilMs = saidAll.atMs + place.overWithinMs;
while ((crowd.waiting() > 0 || shown < accounts.length) && performance.now() < untilMs)
  await pass(lookEveryMs);
const { user, system } = process.cpuUsage(begin.cpu);
const cores = (user + system) / 1_000 / (performance.now() - begin.atMs);
const pubackP99Ms = background.takeLatencies().at(0.99);
background.speak(0);
while (background.waiting() > 0 && performance.now() < untilMs) await pass(lookEveryMs);
const over = once(process, 'message');
say({
  is: 'over',
  pressedAtMs,
  acknowledgedAtMs,
  shownAtMs,
  background: {
    perSecond: ((saidAll.said - begin.said) * 1_000) / (saidAll.atMs - begin.atMs),
    acknowledged: background.acknowledged(),
    heldBack: background.heldBack(),
    pubackP99Ms,
  },
  lostConnections: crowd.lost(),
  cores,
});
await over;
screen.disconnect();
crowd.end();
background.end();
process.exit(0);

/** One after the other, evenly over the time; each is ready and only has to be written. */
async function pressAll(): Promise<void> {
  while (pressedAtMs.length < accounts.length) {
    const due = ((performance.now() - begin.atMs) / place.withinMs) * accounts.length;
    for (let index = pressedAtMs.length; index < Math.min(due, accounts.length); index += 1) {
      pressedAtMs.push(nowMs());
      crowd.say(index, packets[index] ?? Buffer.alloc(0), () => void (acknowledgedAtMs[index] = nowMs()));
    }
    await pass(tickMs);
  }
}

/** A colleague's wall that hears all of it, and notes when; which rows a person sees is measured in a browser. */
async function openScreen() {
  const { cookie } = await logIn(place.url, place.operator.name, place.operator.password);
  const socket = io(place.url, {
    path: liveFeedPath,
    transports: ['websocket'],
    extraHeaders: { cookie },
    // As a wall asks for it.
    auth: { screenId: 'storm', hearsDevices: false, takesMany: true },
  });
  type Told = { deviceId: string | null; kind: string };
  const take = ({ deviceId, kind }: Told): void => {
    const number = kind === 'help' && deviceId !== null ? numberOf.get(deviceId) : undefined;
    if (number === undefined || shownAtMs[number] !== null) return;
    shownAtMs[number] = nowMs();
    shown += 1;
  };
  socket.on('alarms', (news: { alarm?: Told }[]) => {
    for (const { alarm } of news) if (alarm) take(alarm);
  });
  // A screen that was cut comes back without a cursor, and is told of everything that is open.
  socket.on('snapshot', ({ alarms }: { alarms: Told[] }) => alarms.forEach(take));
  await new Promise((resolve, reject) => {
    socket.once('snapshot', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

async function pass(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function say(message: StormAnswer): void {
  process.send?.(message);
}
