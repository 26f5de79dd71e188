import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSqliteHistory } from '../adapters/sqlite-history/sqlite-history.ts';
import { copyHistory } from './copy.ts';
import type { CopyPlace } from './copy.ts';
import type { HistoryPort, Point } from './history-port.ts';

const dir = mkdtempSync(join(tmpdir(), 'carebell-copy-'));
const open = (name: string): HistoryPort =>
  openSqliteHistory({ file: join(dir, name), days: 400, zoneMs: 0 });
const from = open('from.db');
const to = open('to.db');
const startMs = Date.UTC(2026, 0, 1);
const points: Point[] = Array.from({ length: 5_000 }, (_, index) => ({
  measurement: index % 3 === 0 ? 'reading' : 'event',
  tags: {
    device: `d${index % 5}`,
    resident: null,
    station: 's',
    kind: index % 3 === 0 ? null : 'door.opened',
  },
  atMs: startMs + index * 1_000,
  sub: index,
  fields: { seq: index },
}));
beforeAll(() => from.write(points));
afterAll(async () => {
  await from.close();
  await to.close();
  rmSync(dir, { recursive: true });
});

it('a copy that is interrupted goes on where it was, and leaves out only what the other store refuses', async () => {
  let place: CopyPlace = {};
  let writes = 0;
  const refused: string[] = [];
  const fickle: Pick<HistoryPort, 'write'> = {
    async write(some) {
      writes += 1;
      if (writes === 3) return { ok: false, reason: 'unavailable', message: 'gone for a while' };
      if (some.some(({ sub }) => sub === 4_000)) return { ok: false, reason: 'refused', message: 'no' };
      return to.write(some);
    },
  };
  const copy = () =>
    copyHistory({
      from,
      to: fickle,
      fromMs: 0,
      toMs: startMs + 10_000_000,
      place,
      reached: (reached) => {
        place = { ...reached };
      },
      refused: (line) => void refused.push(line),
    });
  await expect(copy()).rejects.toThrow('gone for a while');
  expect(Object.keys(place)).not.toEqual([]);
  await copy();
  expect(refused).toHaveLength(1);
  const copied = await Promise.all(
    (['event', 'reading'] as const).map((measurement) =>
      to.read({
        measurement,
        filter: {},
        fromMs: 0,
        toMs: startMs + 10_000_000,
        order: 'oldest',
        limit: 10_000,
      }),
    ),
  );
  expect(copied.flat()).toHaveLength(4_999);
  expect(await copy()).toBe(0);
});
