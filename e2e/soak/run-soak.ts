import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pass } from 'node:timers/promises';
import { logIn } from '../api.ts';
import { openHubFigures } from '../crowd/hub-figures.ts';
import { startLoadChild } from '../crowd/orders.ts';
import { foundTown } from '../faults/founded-town.ts';
import { hubProcess } from '../hub-process.ts';
import type { SoakAsk, SoakTold } from './soak-process.ts';
import { rowText } from './soak-text.ts';

export type SoakSetting = { minutes: number; hours: number; residents: number };
export type SoakRow = {
  minute: number;
  memoryMb: number;
  youngMb: number;
  storeMb: number;
  pubackMs: { p50: number; p99: number };
  shownMs: { p50: number; p99: number };
  events: number;
  alarms: number;
  open: number;
  hubCores: number;
  loadCores: number;
};
export type SoakReport = {
  setting: SoakSetting;
  rows: SoakRow[];
  acknowledged: number;
  stored: number;
  pressed: number;
  closed: number;
  openAtEnd: number;
  refused: string[];
};

/** What one resident's home does in a day, and a station with it. */
const ofADay = {
  eventsOfAHome: 1_440,
  pressesOfAHome: 0.4,
  reconnectsOfAButton: 4,
  screensLoaded: 24,
  pagesLooked: 1_000,
} as const;
const daySeconds = 86_400;
const rowEveryMs = 60_000;
/** The API takes 1,200 calls a minute of one session, of which an alarm needs three. */
const pressesPerSecondAtMost = 4;

/** The hours of a station's life in so many minutes: as many events, calls, answers and connections. Clocks run as ever. */
export async function runSoak(setting: SoakSetting, told: (line: string) => void): Promise<SoakReport> {
  const faster = (setting.hours * 60) / setting.minutes;
  const doors = Math.max(48, setting.residents * 2);
  const town = await foundTown(0, setting.residents, { hasHomes: true, doorCount: doors });
  const folder = mkdtempSync(join(tmpdir(), 'carebell-soak-'));
  town.copyTo(folder);
  town.remove();
  const hub = await hubProcess(folder);
  await hub.start();
  const load = startLoadChild<SoakAsk, SoakTold>('soak-process.ts', import.meta.url);
  const perSecond = (aDay: number): number => (aDay * faster) / daySeconds;
  try {
    const admin = await logIn(hub.url, 'admin', hub.adminPassword);
    const figures = openHubFigures(hub.pid(), hub.url, admin);
    await load.ask({
      order: 'live',
      place: {
        mqttPort: hub.mqttPort,
        url: hub.url,
        operator: town.operator,
        crowd: town.crowd,
        gateways: town.gateways,
        doors: town.doors,
        run: 'soak',
        perSecond: {
          events: perSecond(ofADay.eventsOfAHome * setting.residents),
          presses: Math.min(pressesPerSecondAtMost, perSecond(ofADay.pressesOfAHome * setting.residents)),
          reconnects: perSecond(ofADay.reconnectsOfAButton * setting.residents),
          screens: perSecond(ofADay.screensLoaded),
          pages: perSecond(ofADay.pagesLooked),
        },
      },
    });
    const rows: SoakRow[] = [];
    const startedAtMs = performance.now();
    const count = Math.max(2, Math.round((setting.minutes * 60_000) / rowEveryMs));
    for (let row = 1; row <= count; row += 1) {
      await pass(Math.max(0, startedAtMs + (row * setting.minutes * 60_000) / count - performance.now()));
      const [now, said] = [await figures(), await load.ask({ order: 'tell' })];
      const made: SoakRow = {
        minute: (performance.now() - startedAtMs) / 60_000,
        memoryMb: now.memoryMb,
        youngMb: now.youngMb,
        storeMb: Math.round(
          (statSync(join(folder, 'carebell.db')).size + statSync(join(folder, 'carebell.db-wal')).size) / 1e6,
        ),
        pubackMs: said.pubackMs,
        shownMs: said.shownMs,
        events: said.events,
        alarms: said.closed,
        open: said.open,
        hubCores: now.cores,
        loadCores: said.cores,
      };
      rows.push(made);
      told(rowText(made));
    }
    const over = await load.ask({ order: 'quiet' });
    return {
      setting,
      rows,
      acknowledged: over.events,
      stored: doorEventsIn(folder),
      pressed: over.pressed,
      closed: over.closed,
      openAtEnd: over.open,
      refused: over.refused,
    };
  } finally {
    load.kill();
    await hub.kill();
    rmSync(folder, { recursive: true });
  }
}

function doorEventsIn(dataDir: string): number {
  using db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true, timeout: 10_000 });
  const { count } = db
    .prepare("SELECT count(*) AS count FROM journal WHERE type = 'event' AND kind = 'door.opened'")
    .get() as { count: number };
  return count;
}
