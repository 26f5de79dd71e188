import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pass } from 'node:timers/promises';
import type { Stage } from './stage.ts';

/** The second step of an emergency that nobody answers, by the policy that holds where none was entered. */
const secondStepMs = 30_000;
/** A hub whose clock was set goes faster or slower by a twentieth. */
const slewedBy = 1 / 20;
/** A look of half a second, the way to the disk, and a busy machine. */
const lateByMs = 5_000;
/** From the press until a screen has shown it. */
const earlyByMs = 1_000;
const samples = 10;
const lookEveryMs = 100;

/** The latest alarms that nobody has answered, whose next step must come in its time, by the clock of the test. */
export function unanswered(stage: Stage): { inTime(): Promise<Record<string, string[]>> } {
  const open = ask<{ id: string; deviceId: string }>(
    stage,
    `SELECT id, device_id AS deviceId FROM alarms WHERE kind = 'help' AND phase = 'raised' ORDER BY rowid DESC LIMIT ${samples}`,
  ).flatMap(({ id, deviceId }) => {
    const shownAtMs = stage.shownAtMs(deviceId);
    return shownAtMs === undefined ? [] : [{ id, shownAtMs }];
  });

  return {
    async inTime() {
      if (open.length === 0) return { unanswered: ['none was open'] };
      const broken: Record<string, string[]> = {};
      const tell = (promise: string, what: string): void => {
        broken[promise] = [...(broken[promise] ?? []), what];
      };
      const atMostMs = secondStepMs / (1 - slewedBy) + lateByMs;
      const atLeastMs = secondStepMs / (1 + slewedBy) - earlyByMs;
      const waiting = new Map(open.map(({ id, shownAtMs }) => [id, shownAtMs]));
      while (waiting.size > 0) {
        const nowMs = Date.now();
        const went = new Set(
          ask<{ id: string }>(
            stage,
            `SELECT alarm_id AS id FROM journal WHERE type = 'alarm' AND kind = 'escalated' AND body ->> 'number' >= 2`,
          ).map(({ id }) => id),
        );
        for (const [id, shownAtMs] of waiting) {
          const tookMs = nowMs - shownAtMs;
          if (tookMs > atMostMs) tell('late', `${id}: not after ${tookMs} ms`);
          else if (!went.has(id)) continue;
          else if (tookMs < atLeastMs) tell('early', `${id}: after ${tookMs} ms`);
          waiting.delete(id);
        }
        await pass(lookEveryMs);
      }
      return broken;
    },
  };
}

function ask<T>({ dataDir }: Stage, sql: string): T[] {
  using db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true, timeout: 10_000 });
  return db.prepare(sql).all() as T[];
}
