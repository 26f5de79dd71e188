import { readFileSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { connack, publishBytes } from '../raw-party.ts';
import type { RawParty } from '../raw-party.ts';
import type { SignedIn } from '../community.ts';
import { crowdIn, leave, signIn } from './crowd-faults.ts';
import type { Town } from './founded-town.ts';
import { openStage, storedIn } from './stage.ts';
import type { Stage } from './stage.ts';

export type StormReport = {
  buttons: number;
  withinSeconds: number;
  backgroundPerSecond: number;
  acknowledged: number;
  /** Acknowledged and not in the journal, in no alarm, or on no screen. */
  lost: number;
  /** From the write of a press to the screen, in ms. */
  shownAfterMs: { p50: number; p99: number; most: number };
  /** Memory of the hub in MB: with everybody signed in, and the most that it ever had. */
  memoryMb: { before: number; most: number };
};

const withinSeconds = 10;
const backgroundPerSecond = 5_000;
const warmUpMs = 3_000;
const shownWithinMs = 60_000;
const acknowledgedWithinMs = 120_000;
const tickMs = 10;
const lookEveryMs = 200;

/** Every button of the town is pressed within ten seconds, each on a connection of its own, amid what a city says. */
export async function runStorm(town: Town): Promise<StormReport> {
  const { stage, close } = await openStage(town, { perSecond: { events: backgroundPerSecond, presses: 0 } });
  try {
    const parties = await crowdIn(stage);
    const memoryBefore = memoryMb(stage.hub.pid(), 'VmRSS');
    await pass(warmUpMs);
    const [eventsBefore, startedAtMs] = [stage.acknowledged(), performance.now()];
    const pressedAtMs: number[] = [];
    const presses: Promise<boolean>[] = [];
    while (pressedAtMs.length < parties.length) {
      const due = ((performance.now() - startedAtMs) / (withinSeconds * 1_000)) * parties.length;
      for (let index = pressedAtMs.length; index < Math.min(due, parties.length); index += 1) {
        const [account, party] = [town.crowd[index], parties[index]];
        if (account === undefined || party === undefined) throw new Error('the crowd is not that large');
        pressedAtMs.push(Date.now());
        presses.push(pressUntilAcknowledged(stage, account, party));
      }
      await pass(tickMs);
    }
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const background = (stage.acknowledged() - eventsBefore) / seconds;

    const ids = town.crowd.map(({ id }) => id);
    const answers = await Promise.all(presses);
    const untilMs = performance.now() + shownWithinMs;
    while (ids.some((id) => stage.shownAtMs(id) === undefined) && performance.now() < untilMs)
      await pass(500);
    const acknowledged = ids.filter((_, index) => answers[index]);
    const stored = storedIn(stage.dataDir);
    const alarmed = new Set(stored.alarms.map(({ deviceId }) => deviceId));
    const lost = acknowledged.filter(
      (id) => !stored.events.has(`${id} storm`) || !alarmed.has(id) || stage.shownAtMs(id) === undefined,
    );
    const latencies = ids
      .flatMap((id, index) => {
        const [shown, pressed] = [stage.shownAtMs(id), pressedAtMs[index]];
        return shown === undefined || pressed === undefined ? [] : [shown - pressed];
      })
      .toSorted((a, b) => a - b);
    const at = (part: number): number => latencies[Math.ceil(part * latencies.length) - 1] ?? Number.NaN;
    leave(parties);
    return {
      buttons: ids.length,
      withinSeconds,
      backgroundPerSecond: background,
      acknowledged: acknowledged.length,
      lost: lost.length,
      shownAfterMs: { p50: at(0.5), p99: at(0.99), most: at(1) },
      memoryMb: { before: memoryBefore, most: memoryMb(stage.hub.pid(), 'VmHWM') },
    };
  } finally {
    await close();
  }
}

/** As firmware does: a press that the hub has not acknowledged when the connection ends is made known again. */
async function pressUntilAcknowledged(stage: Stage, account: SignedIn, first: RawParty): Promise<boolean> {
  const publish = publishBytes(buildTopic({ of: 'device', deviceId: account.id, kind: 'event' }), press, 1);
  const untilMs = performance.now() + acknowledgedWithinMs;
  for (let party = first; performance.now() < untilMs; party = await signIn(stage, account)) {
    party.write(publish);
    while (!party.isClosed()) {
      if (party.received().length > connack(0).length) return true;
      if (performance.now() > untilMs) return false;
      await pass(lookEveryMs);
    }
  }
  return false;
}

const press = JSON.stringify({ id: 'storm', kind: 'button.pressed', data: { key: 'help' } });

function memoryMb(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1e3);
}

export function stormText(report: StormReport): string {
  const { buttons, backgroundPerSecond: rate, acknowledged, lost, shownAfterMs, memoryMb: memory } = report;
  return [
    `${buttons} buttons within ${report.withinSeconds} s over ${Math.round(rate)} events/s: ${acknowledged} acknowledged, ${lost} lost`,
    `on the screen after ${shownAfterMs.p50} ms (p50), ${shownAfterMs.p99} ms (p99), ${shownAfterMs.most} ms (the last)`,
    `memory of the hub ${memory.before} MB before, ${memory.most} MB at most`,
  ].join('\n');
}
