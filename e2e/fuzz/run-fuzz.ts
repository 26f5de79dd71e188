import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { logIn } from '../api.ts';
import { settle } from '../community.ts';
import type { SignedIn } from '../community.ts';
import { openLoadScreen } from '../faults/load-screen.ts';
import { hubProcess } from '../hub-process.ts';
import { connectAs, openRaw, publishBytes } from '../raw-party.ts';
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
        hubMb: [],
        ownMb: [],
      };
      const startedAtMs = performance.now();
      for (let portion = 0; portion < portions; portion += 1) {
        await open.feed(Math.ceil(ofTarget / portions), random);
        report.hubMb.push(hubMb());
        report.ownMb.push(Math.round(process.memoryUsage.rss() / 1e6));
      }
      report.perSecond = (ofTarget * 1_000) / (performance.now() - startedAtMs);
      await open.close();
      told(report);
    }

    const failures = hub
      .output()
      .split('\n')
      // 503 is how the hub says that it starts, or that a limit holds.
      .filter((line) => /"level":[56]0|uncaught|unhandled/i.test(line) && !line.includes('"status":503'));
    if (failures.length > 0)
      throw new Error(`the hub has logged errors:\n${failures.slice(0, 10).join('\n')}`);
    await pressIsShown(place, button);
  } finally {
    await hub.kill();
    rmSync(dataDir, { recursive: true });
  }
}

/** After all that, what the hub is there for. */
async function pressIsShown(place: FuzzPlace, button: SignedIn): Promise<void> {
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
    if (performance.now() > untilMs) throw new Error('a press after the inputs is on no screen');
    await pass(20);
  }
  screen.end();
  party.socket.destroy();
}

/** Whether the memory of the second half stays within what it was about the middle, with room for a collection to come. */
export function isMemoryFlat({ hubMb, ownMb }: FuzzReport): boolean {
  return [hubMb, ownMb].every((course) => {
    const [middle = 0, end = 0] = [course[Math.floor(course.length / 2)], course.at(-1)];
    return end <= middle * 1.25 + 40;
  });
}
