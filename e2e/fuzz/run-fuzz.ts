import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Dwelling, Organisation } from '@carebell/contracts/registry.ts';
import { logIn } from '../api.ts';
import { issueDevice, settle } from '../community.ts';
import type { SignedIn } from '../community.ts';
import { openLoadScreen } from '../faults/load-screen.ts';
import { hubProcess } from '../hub-process.ts';
import { connack, connectAs, openRaw, publishBytes } from '../raw-party.ts';
import { seeded } from '../seeded.ts';
import { enterBehind, enterGateway } from '../virtual-gateway.ts';
import { driverTarget } from './driver-target.ts';
import { httpTarget } from './http-target.ts';
import { mqttTarget } from './mqtt-target.ts';
import { payloadTarget } from './payload-target.ts';
import { socketTarget } from './socket-target.ts';
import { tableTarget } from './table-target.ts';
import type { FuzzPlace, Target } from './target.ts';

export const targets: readonly Target[] = [
  driverTarget,
  tableTarget,
  mqttTarget,
  payloadTarget,
  httpTarget,
  socketTarget,
];

export type FuzzReport = {
  target: string;
  inputs: number;
  perSecond: number;
  tookMs: number;
  /** Memory of the hub and of this process, in MB, after each tenth of the inputs. */
  hubMb: number[];
  ownMb: number[];
};

const portions = 10;
const shownWithinMs = 15_000;

/**
 * Feeds all inputs to the targets, each its share, and presses a button at the end. Rejects with the input that the hub
 * or a driver did not survive; the same seed gives the same inputs.
 */
export async function fuzz(
  inputs: number,
  seed: number,
  wanted: readonly Target[],
  told: (report: FuzzReport) => void,
  progress: (line: string) => void = () => undefined,
): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'carebell-fuzz-'));
  const hub = await hubProcess(dataDir, { CAREBELL_LOG_LEVEL: 'error' });
  await hub.start();
  try {
    const admin = await logIn(hub.url, 'admin', hub.adminPassword);
    const scene = { url: hub.url, mqttPort: hub.mqttPort, admin };
    const community = await settle(scene);
    const gateway = await enterGateway(scene, community.station.id);
    const deviceIds: string[] = [];
    for (let count = 0; count < 5; count += 1)
      deviceIds.push(await enterBehind(scene, community, gateway.id, 'door-sensor'));
    const { station, dwelling, resident, button } = community;
    const place: FuzzPlace = {
      url: hub.url,
      mqttPort: hub.mqttPort,
      admin: { name: 'admin', password: hub.adminPassword },
      gateway,
      ids: [station.id, dwelling.id, resident.id, button.id, gateway.id, ...deviceIds],
      deviceIds,
    };
    const hubMb = (): number => {
      const status = readFileSync(`/proc/${hub.pid()}/status`, 'utf8');
      return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1e3);
    };

    for (const [index, target] of wanted.entries()) {
      const shares = wanted.reduce((sum, { share }) => sum + share, 0);
      const ofTarget = Math.max(portions, Math.round((inputs * target.share) / shares));
      const random = seeded(seed + index);
      const open = await target.open(place);
      const report: FuzzReport = {
        target: target.name,
        inputs: ofTarget,
        perSecond: 0,
        tookMs: 0,
        hubMb: [],
        ownMb: [],
      };
      const startedAtMs = performance.now();
      for (let portion = 0; portion < portions; portion += 1) {
        progress(`${target.name}: ${portion} of ${portions} tenths, hub ${hubMb()} MB`);
        await open.feed(Math.ceil(ofTarget / portions), random);
        report.hubMb.push(hubMb());
        report.ownMb.push(Math.round(process.memoryUsage.rss() / 1e6));
      }
      report.tookMs = performance.now() - startedAtMs;
      report.perSecond = (ofTarget * 1_000) / report.tookMs;
      await open.close();
      told(report);
    }

    const failures = hub
      .output()
      .split('\n')
      // 503 is how the hub says that it starts, or that a limit holds; overdue is a machine that has other work.
      .filter((line) => /"level":[56]0|uncaught|unhandled/i.test(line))
      .filter((line) => !line.includes('"status":503') && !line.includes('"code":"store-overdue"'));
    if (failures.length > 0)
      throw new Error(`the hub has logged errors:\n${failures.slice(0, 10).join('\n')}`);
    await pressIsShown(place);
  } finally {
    await hub.kill();
    rmSync(dataDir, { recursive: true });
  }
}

/**
 * After all that, what the hub is there for. The button is a new one at a new station: among a thousand requests of an
 * administrator is one that gives any other a new secret, or takes it away.
 */
async function pressIsShown(place: FuzzPlace): Promise<void> {
  const button = await newButton(place);
  const shown = new Set<string>();
  const screen = await openLoadScreen(place.url, place.admin, (line) => {
    if (line.is === 'shown') shown.add(line.deviceId);
  });
  const party = await openRaw(place);
  const topic = buildTopic({ of: 'device', deviceId: button.id, kind: 'event' });
  party.write(connectAs(button));
  party.write(publishBytes(topic, '{"id":"after","kind":"button.pressed","data":{"key":"help"}}', 1));
  const untilMs = performance.now() + shownWithinMs;
  while (!shown.has(button.id)) {
    if (performance.now() > untilMs) {
      const answers = party.received();
      const isIn = answers.subarray(0, connack(0).length).equals(connack(0));
      const what = !isIn
        ? 'the button could not sign in'
        : answers.length > connack(0).length
          ? 'acknowledged'
          : 'not acknowledged';
      throw new Error(`a press after the inputs is on no screen (${what})`);
    }
    await pass(20);
  }
  screen.end();
  party.socket.destroy();
}

async function newButton({ url, admin: { name, password } }: FuzzPlace): Promise<SignedIn> {
  const admin = await logIn(url, name, password);
  const organisation = (level: string, parentId: string): Promise<Organisation> =>
    admin.create('/organisations', { level, name: '之后', parentId });
  const district = await organisation('district', 'root');
  const street = await organisation('street', district.id);
  const { id: stationId } = await organisation('station', street.id);
  const { id: dwellingId } = await admin.create<Dwelling>('/dwellings', { stationId, address: '之后路1号' });
  return issueDevice(admin, { type: 'button', dwellingId });
}

/**
 * Whether memory has settled. V8 lets the young generation and the kernel's pages of a process grow with the work of the moment and
 * gives them back when it likes: what each tenth ends with goes up and down by a hundred MB with nothing kept. So the lowest of the last
 * three tenths is held against the middle: what is kept raises that too.
 */
export function isMemoryFlat({ hubMb, ownMb }: FuzzReport): boolean {
  return [hubMb, ownMb].every((course) => {
    const half = Math.floor(course.length / 2);
    const [middle, end] = [course.slice(half - 1, half + 2), course.slice(-3)];
    return Math.min(...end) <= Math.max(...middle) * 1.1 + 25;
  });
}
