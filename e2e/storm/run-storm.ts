import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { builtDashboard } from '../browser/built-dashboard.ts';
import {
  cpuMs,
  descendantsOf,
  forgetMostMemory,
  memoryMb,
  mostMemoryMb,
  tooFewDescriptors,
} from '../crowd/usage.ts';
import { foundTown } from '../faults/founded-town.ts';
import { hubProcess } from '../hub-process.ts';
import { pressId } from './press-id.ts';
import type { StormAnswer, StormPlace } from './storm-process.ts';
import { figuresOf, judgeStorm, wallDelays } from './verdict.ts';
import type { StormReport, StormStored } from './verdict.ts';
import { openWallWatch } from './wall-watch.ts';

export type StormSetting = {
  buttons: number;
  withinSeconds: number;
  backgroundPerSecond: number;
  /** A picture of the wall right after the last press. */
  picture?: string;
};

/** A second, at most: one door that says hundreds is another fault. */
const eventsOfADoor = 1;
const warmUpMs = 5_000;
const overWithinMs = 120_000;
const calmMs = 15_000;

/**
 * Every button of a town is pressed within seconds, each on a connection of its own, amid what a city says, with the wall of
 * the station open in a browser. Hub, load and browser are processes of their own, and each is told apart in the report.
 */
export async function runStorm(setting: StormSetting, told: (line: string) => void): Promise<StormReport> {
  const problem = tooFewDescriptors(setting.buttons);
  if (problem !== undefined) throw new Error(problem);
  builtDashboard();
  const doorCount = Math.max(48, setting.backgroundPerSecond / eventsOfADoor);
  const town = await foundTown(0, setting.buttons, { hasHomes: true, doorCount });
  const folder = mkdtempSync(join(tmpdir(), 'carebell-storm-'));
  town.copyTo(folder);
  town.remove();
  const hub = await hubProcess(folder);
  await hub.start();
  const load = fork(fileURLToPath(new URL('storm-process.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const gone = once(load, 'exit').then(([code]) => {
    throw new Error(`the load has ended (${String(code)})`);
  });
  gone.catch(() => undefined);
  const answer = async <A extends StormAnswer['is']>(is: A): Promise<Extract<StormAnswer, { is: A }>> => {
    const [message] = (await Promise.race([once(load, 'message'), gone])) as [StormAnswer];
    if (message.is !== is) throw new Error(`the load says ${message.is} and not ${is}`);
    return message as Extract<StormAnswer, { is: A }>;
  };

  try {
    const place: StormPlace = {
      mqttPort: hub.mqttPort,
      url: hub.url,
      operator: { name: 'zhang', password: town.operator.password },
      crowd: town.crowd,
      gateways: town.gateways,
      doors: town.doors,
      backgroundPerSecond: setting.backgroundPerSecond,
      warmUpMs,
      withinMs: setting.withinSeconds * 1_000,
      overWithinMs,
    };
    load.send(place);
    const { afterMs } = await answer('connected');
    told(`${setting.buttons} devices have signed in, in ${(afterMs / 1_000).toFixed(1)} s`);
    const wall = await openWallWatch(hub.url, town.operator);
    try {
      const before = memoryMb(hub.pid());
      forgetMostMemory(hub.pid());
      const answered = answer('over');
      load.send({ order: 'go' });
      await pass(warmUpMs);
      await wall?.begin();
      const used = () => ({
        atMs: performance.now(),
        hub: cpuMs(hub.pid()),
        all: descendantsOf(process.pid).reduce((sum, pid) => sum + cpuMs(pid), 0),
        load: load.pid === undefined ? 0 : cpuMs(load.pid),
      });
      const begun = used();
      const counts = await answered;
      const ended = used();
      if (setting.picture !== undefined) await wall?.picture(setting.picture);
      told('all is over; what is stored is compared');
      const figures = (await wall?.end()) ?? null;
      const cores = (name: 'hub' | 'all' | 'load'): number =>
        (ended[name] - begun[name]) / (ended.atMs - begun.atMs);
      const verdict = judgeStorm(
        town.crowd.map(({ id }) => id),
        counts,
        storedIn(folder),
      );
      await pass(calmMs);
      const { counted = [], ...seen } = figures ?? {};
      const { background } = counts;
      return {
        buttons: town.crowd.length,
        withinSeconds: setting.withinSeconds,
        ...verdict,
        backgroundPerSecond: background.perSecond,
        backgroundAcknowledged: background.acknowledged,
        heldBack: background.heldBack,
        backgroundPubackP99Ms: background.pubackP99Ms,
        lostConnections: counts.lostConnections,
        wallMs: figures === null ? null : figuresOf(wallDelays(counts.pressedAtMs, counted)),
        wall: figures === null ? null : (seen as NonNullable<StormReport['wall']>),
        memoryMb: { before, most: mostMemoryMb(hub.pid()), after: memoryMb(hub.pid()) },
        cores: {
          hub: cores('hub'),
          generator: counts.cores,
          browser: cores('all') - cores('hub') - cores('load'),
        },
      };
    } finally {
      await wall?.close();
    }
  } finally {
    load.kill('SIGKILL');
    await hub.kill();
    rmSync(folder, { recursive: true });
  }
}

function storedIn(dataDir: string): StormStored {
  using db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true, timeout: 10_000 });
  const ids = (sql: string): Set<string> =>
    new Set((db.prepare(sql).all() as { id: string }[]).map(({ id }) => id));
  const events = "FROM journal WHERE type = 'event' AND json_extract(body, '$.id')";
  const { count } = db.prepare(`SELECT count(*) AS count ${events} LIKE '${pressId}.%'`).get() as {
    count: number;
  };
  return {
    pressed: ids(`SELECT device_id AS id ${events} = '${pressId}'`),
    alarmed: ids("SELECT device_id AS id FROM alarms WHERE kind = 'help' AND phase <> 'closed'"),
    backgroundEvents: count,
  };
}
