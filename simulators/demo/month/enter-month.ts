import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Accounts } from '../../accounts.ts';
import type { Community } from '../community.ts';
import type { HubProcess } from '../hub-process.ts';
import type { OpenedHub } from '../open-hub.ts';
import { localDate, midnightBefore } from '../past/local-day.ts';
import type { DemoSettings } from '../settings.ts';
import type { DemoTexts } from '../texts.ts';
import { liveMonth } from './live-month.ts';
import { keepMonthRecord, readMonthRecord } from './month-record.ts';

export type MonthEntry = {
  settings: DemoSettings;
  community: Community;
  accounts: Accounts;
  adminName: string;
  httpUrl: string;
  hubUrl: string;
  openHub: (clockMs: number) => Promise<OpenedHub>;
  print: (line: string) => void;
  interrupted: AbortSignal;
};

/** `refused` with what to say. */
export type MonthOutcome =
  | { is: 'there' }
  | { is: 'interrupted' }
  | { is: 'refused'; line: string }
  | { is: 'hub-failed'; exitCode: 0 | 2 };

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Lives the days that were asked for, once, at a hub that is started and ended for it. */
export async function enterMonth(entry: MonthEntry, texts: DemoTexts): Promise<MonthOutcome> {
  const { settings, print, interrupted } = entry;
  const { dataDir, monthDays, monthUntil, seed, timeZone } = settings;
  const path = join(dataDir, 'demo-month.json');
  const dateOf = (atMs: number): string => localDate(atMs, timeZone);
  const earlier = await readMonthRecord(path);
  if (earlier?.isWhole === true) {
    print(texts.monthThere(dateOf(earlier.fromMs), dateOf(earlier.atMs)));
    return { is: 'there' };
  }
  if (earlier) return { is: 'refused', line: texts.monthBroken(dataDir, dateOf(earlier.atMs)) };
  if (existsSync(join(dataDir, 'carebell.db')))
    return { is: 'refused', line: texts.monthNeedsFresh(dataDir) };

  const lastMs = monthUntil === null ? null : midnightOf(monthUntil, timeZone);
  if (lastMs !== null && lastMs > Date.now())
    return { is: 'refused', line: texts.monthAhead(monthUntil ?? '') };
  // The noon of the first day, whatever the clocks of a summer time did between.
  const firstNoonMs = midnightBefore(lastMs ?? Date.now(), timeZone) - monthDays * dayMs + dayMs / 2;
  const fromMs = midnightBefore(firstNoonMs, timeZone);

  const opened = await entry.openHub(fromMs);
  if (!opened.ok) return { is: 'hub-failed', exitCode: opened.exitCode };
  const { hub } = opened;
  const record = { seed, timeZone, fromMs, atMs: fromMs, isWhole: false };
  await keepMonthRecord(path, record);
  print(texts.month(dateOf(fromMs), monthDays));
  const begunMs = performance.now();
  try {
    const end = await whileRunning(
      hub,
      liveMonth({
        ...entry,
        channel: hub.channel,
        seed,
        timeZone,
        fromMs,
        untilMs: () => lastMs ?? Date.now(),
        async lived({ atMs, ...day }) {
          record.atMs = atMs;
          await keepMonthRecord(path, record);
          const leftMs = ((performance.now() - begunMs) / day.number) * (day.of - day.number);
          print(texts.monthDay({ ...day, minutesLeft: Math.ceil(leftMs / minuteMs) }));
        },
      }),
    );
    record.atMs = end.atMs;
    record.isWhole = end.is === 'lived';
    const refused = [...end.refusals].map(([code, count]) => `${code} ×${count}`).join(', ');
    if (refused !== '') print(texts.monthRefused(refused));
    if (end.is === 'interrupted') {
      print(texts.monthStopped(dateOf(end.atMs)));
      return { is: 'interrupted' };
    }
    const seconds = Math.round((performance.now() - begunMs) / 1_000);
    print(texts.monthLived({ alarms: end.handled, seconds }));
    return { is: 'there' };
  } catch (error) {
    if (interrupted.aborted) return { is: 'interrupted' };
    return { is: 'refused', line: texts.monthFailed(error instanceof Error ? error.message : String(error)) };
  } finally {
    await hub.stop();
    // After the hub: a record says that the month is whole when it is stored.
    await keepMonthRecord(path, record);
  }
}

/** A hub that ends in the middle leaves orders unanswered for ever. */
function whileRunning<T>(hub: HubProcess, work: Promise<T>): Promise<T> {
  const ended = hub.exited.then(({ code, signal }): never => {
    throw new Error(`the hub ended (${signal ?? code ?? '?'})`);
  });
  return Promise.race([work, ended]);
}

function midnightOf(date: string, timeZone: string): number {
  return midnightBefore(Date.parse(`${date}T12:00:00Z`), timeZone);
}
