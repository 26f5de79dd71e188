import { join } from 'node:path';
import type { DeviceAccount } from '../../accounts.ts';
import type { ApiClient } from '../api-client.ts';
import type { DemoTexts } from '../texts.ts';
import { answerCalls } from './answered-calls.ts';
import { pastDays } from './past-days.ts';
import { keepPastRecord, readPastRecord } from './past-record.ts';
import { writePast } from './write-past.ts';

export type PastWish = {
  days: number;
  dataDir: string;
  hubUrl: string;
  seed: string;
  timeZone: string;
  accounts: readonly DeviceAccount[];
  operator: () => Promise<ApiClient>;
  isQuiet: boolean;
  print: (line: string) => void;
  interrupted: AbortSignal;
};

const dayMs = 24 * 3_600_000;

/** Fills the weeks before now, once: a later start writes what has come between, an interrupted one goes on. */
export async function enterPast(wish: PastWish, texts: DemoTexts): Promise<void> {
  const { days, dataDir, print, interrupted } = wish;
  const path = join(dataDir, 'demo-past.json');
  const nowMs = Date.now();
  const earlier = await readPastRecord(path);
  const isWhole = earlier !== undefined && earlier.writtenUntilMs >= earlier.toMs;
  const record =
    earlier === undefined || isWhole
      ? {
          fromMs: Math.max(nowMs - days * dayMs, earlier?.toMs ?? 0),
          toMs: nowMs,
          writtenUntilMs: 0,
          hasCalled: earlier?.hasCalled ?? false,
        }
      : earlier;
  const leftFromMs = Math.max(record.fromMs, record.writtenUntilMs);
  await keepPastRecord(path, record);

  const plan = { ...wish, fromMs: leftFromMs, toMs: record.toMs };
  let messages = 0;
  await writePast({
    hubUrl: wish.hubUrl,
    accounts: wish.accounts,
    days: pastDays(plan),
    interrupted,
    async written(date, count, untilMs) {
      messages += count;
      record.writtenUntilMs = untilMs;
      await keepPastRecord(path, record);
      print(texts.pastDay(date, messages));
    },
  });
  if (wish.isQuiet || record.hasCalled || interrupted.aborted) return;
  print(texts.pastCalls);
  await answerCalls({ ...wish, operator: await wish.operator() });
  await keepPastRecord(path, { ...record, hasCalled: true });
}
