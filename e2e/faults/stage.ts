import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pass } from 'node:timers/promises';
import { linkTo } from '../cuttable-link.ts';
import type { CuttableLink } from '../cuttable-link.ts';
import type { Town } from './founded-town.ts';
import { hubProcess } from '../hub-process.ts';
import type { HubProcess } from '../hub-process.ts';
import { startLoad } from './load.ts';
import type { Stored, Verdict } from './ledger.ts';

/** A hub under load, as a fault finds it. */
export type Stage = {
  hub: HubProcess;
  /** A directory of the fault's own, for whatever it needs. */
  folder: string;
  /** Where the hub keeps its data. */
  dataDir: string;
  town: Town;
  links: { mqtt: CuttableLink; http: CuttableLink };
  /** How many events have been acknowledged so far. */
  acknowledged(): number;
  /** When the screen was first told of an alarm of this device. */
  shownAtMs(deviceId: string): number | undefined;
};

/** How a fault wants the hub. */
export type Setting = {
  /** Settings of the hub's process. */
  environment?: Record<string, string>;
  /** A directory for its data in place of one beside all others. */
  dataDir?: string;
  /** What the load says, if it is not what it says otherwise. */
  perSecond?: { events: number; presses: number };
};

export type Round = Verdict & {
  /** From the end of the fault until a press made after it was acknowledged and shown; `undefined`: never. */
  workedAgainAfterMs: number | undefined;
};

const usually = { events: 300, presses: 20 };
const readyWithinMs = 60_000;
const settledWithinMs = 30_000;

/**
 * Starts a hub on a copy of the town and the load before it. `round` strikes and mends, then waits until all is quiet
 * and compares what devices and screen were told with what the hub has stored.
 */
export async function openStage(
  town: Town,
  { environment = {}, dataDir: given, perSecond = usually }: Setting = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'carebell-fault-'));
  const dataDir = given ?? join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  town.copyTo(dataDir);
  const hub = await hubProcess(dataDir, environment);
  await hub.start();
  const links = {
    mqtt: await linkTo(`http://127.0.0.1:${hub.mqttPort}`),
    http: await linkTo(hub.url),
  };
  const load = await startLoad({
    ledgerFile: join(folder, 'ledger'),
    mqttUrl: links.mqtt.url.replace('http:', 'mqtt:'),
    url: links.http.url,
    gateways: town.gateways,
    operator: town.operator,
    doors: town.doors,
    buttons: town.buttons,
    perSecond,
  });
  const stage: Stage = {
    hub,
    folder,
    dataDir,
    town,
    links,
    acknowledged: () => load.ledger().acknowledged(),
    shownAtMs: (deviceId) => load.ledger().shownAtMs(deviceId),
  };

  async function workedAgain(sinceMs: number): Promise<number | undefined> {
    while (Date.now() - sinceMs < readyWithinMs) {
      const atMs = load.ledger().workedAgainAtMs(sinceMs);
      if (atMs !== undefined) return atMs - sinceMs;
      await pass(20);
    }
    return undefined;
  }

  return {
    stage,
    async round(strike: (stage: Stage) => Promise<void>): Promise<Round> {
      await strike(stage);
      const workedAgainAfterMs = await workedAgain(Date.now());
      const onScreen = await load.settle(settledWithinMs);
      const verdict = load.ledger().judge(storedIn(dataDir), onScreen);
      await load.resume();
      return { ...verdict, workedAgainAfterMs };
    },
    async close(): Promise<void> {
      await load.end();
      await links.mqtt.close();
      await links.http.close();
      await hub.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function storedIn(dataDir: string): Stored {
  using db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true, timeout: 10_000 });
  const events = db
    .prepare(
      `SELECT device_id || ' ' || json_extract(body, '$.id') AS event, count(*) AS times
       FROM journal WHERE type = 'event' GROUP BY 1`,
    )
    .all() as { event: string; times: number }[];
  const alarms = db
    .prepare(
      `SELECT id, device_id AS deviceId, json_extract(state, '$.presses') AS presses,
         next_deadline_at AS deadline, json_extract(state, '$.displayedAtMs') AS displayed
       FROM alarms WHERE kind = 'help' AND phase <> 'closed'`,
    )
    .all() as {
    id: string;
    deviceId: string;
    presses: number;
    deadline: number | null;
    displayed: number | null;
  }[];
  return {
    events: new Map(events.map(({ event, times }) => [event, times])),
    alarms: alarms.map(({ deadline, displayed, ...alarm }) => ({
      ...alarm,
      hasDeadline: deadline !== null,
      isDisplayed: displayed !== null,
    })),
  };
}
