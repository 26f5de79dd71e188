import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HistoryPort, Measurement, Point, PointQuery, SeriesQuery } from '../history/history-port.ts';
import { influxdIn } from './influx/influxd.ts';
import { openInfluxHistory } from './influx/influx-history.ts';
import { openSqliteHistory } from './sqlite-history/sqlite-history.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zoneMs = 8 * hourMs;
const now = () => Date.now();
/** A local midnight some days ago, so that both stores still keep what follows it. */
const midnight = Math.floor((now() + zoneMs) / dayMs) * dayMs - zoneMs - 4 * dayMs;

const stores: Record<
  HistoryPort['store'],
  (dir: string) => Promise<{ history: HistoryPort; end(): Promise<void> }>
> = {
  sqlite: async (dir) => {
    const history = openSqliteHistory({ file: join(dir, 'history.db'), days: 400, zoneMs });
    return { history, end: () => history.close() };
  },
  influx: async (dir) => {
    const influxd = await influxdIn(join(dir, 'influx'), '/usr/bin/influxd');
    await influxd.start();
    const history = openInfluxHistory({ url: `${influxd.url}/carebell`, days: 400, zoneMs }, { now });
    return { history, end: () => influxd.kill() };
  },
};

function isMissing(store: string): boolean {
  const missing = store === 'influx' && !existsSync('/usr/bin/influxd');
  if (missing && process.env['CAREBELL_REQUIRE_SERVICES'] === '1') throw new Error('influxd is required');
  if (missing) process.stderr.write('skipped: influxd is not at /usr/bin/influxd\n');
  return missing;
}

const point = (
  change: Partial<Point> & { device?: string; resident?: string; kind?: string } = {},
): Point => {
  const { device = 'd1', resident = 'r1', kind = 'door.opened', ...rest } = change;
  return {
    measurement: 'event',
    tags: { device, resident, station: 's1', kind },
    atMs: midnight,
    sub: 1,
    fields: { seq: 1 },
    ...rest,
  };
};
const page = (change: Partial<PointQuery> = {}): PointQuery => ({
  measurement: 'event',
  filter: {},
  fromMs: midnight - dayMs,
  toMs: midnight + 3 * dayMs,
  order: 'oldest',
  limit: 100,
  ...change,
});
const counted = (change: Partial<SeriesQuery> = {}): SeriesQuery => ({
  measurement: 'event',
  filter: {},
  fromMs: midnight,
  toMs: midnight + dayMs,
  aggregate: 'count',
  field: 'seq',
  everyMs: hourMs,
  zoneMs,
  groupBy: [],
  ...change,
});

for (const store of Object.keys(stores) as HistoryPort['store'][]) {
  describe.skipIf(isMissing(store))(`the history in ${store}`, () => {
    contract(store);
  });
}

describe.skipIf(isMissing('influx'))('an InfluxDB whose database somebody drops', () => {
  it.each(['cursor', 'keepCursor', 'write'] as const)(
    'has it again after "%s" found it missing',
    async (call) => {
      const dir = mkdtempSync(join(tmpdir(), 'carebell-dropped-'));
      const influxd = await influxdIn(join(dir, 'influx'), '/usr/bin/influxd');
      await influxd.start();
      const history = openInfluxHistory({ url: `${influxd.url}/carebell`, days: 400, zoneMs }, { now });
      await history.cursor('j1');
      await history.keepCursor('j1', 7);
      const body = new URLSearchParams({ q: 'DROP DATABASE carebell' });
      await (await fetch(`${influxd.url}/query`, { method: 'POST', body })).text();
      const calls = {
        cursor: () => history.cursor('j1'),
        keepCursor: () => history.keepCursor('j1', 8),
        write: async () => {
          const outcome = await history.write([point()]);
          if (!outcome.ok) throw new Error(outcome.message);
        },
      };
      // It goes on answering for a moment as if nothing had happened.
      await vi.waitFor(() => expect(calls[call]()).rejects.toThrow('database not found'));
      expect(await history.cursor('j1')).toBe(0);
      expect(await history.write([point()])).toEqual({ ok: true });
      await influxd.kill();
      rmSync(dir, { recursive: true });
    },
  );
});

function contract(store: HistoryPort['store']): void {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-history-'));
  let history: HistoryPort;
  let end: () => Promise<void>;
  beforeAll(async () => {
    ({ history, end } = await stores[store](dir));
  });
  afterAll(async () => {
    await end();
    rmSync(dir, { recursive: true });
  });
  const write = async (...points: Point[]): Promise<void> => {
    expect(await history.write(points)).toEqual({ ok: true });
  };
  const keepUp = async (): Promise<void> => {
    if (await history.upkeep(now())) await keepUp();
  };
  const residents = (name: string): Partial<PointQuery & SeriesQuery> => ({ filter: { resident: name } });

  it('is well, holds nothing of an unknown journal, and takes no points at all without complaint', async () => {
    expect(await history.health()).toEqual({ ok: true });
    expect(await history.cursor('j0')).toBe(0);
    await write();
  });

  it('gives points back as they were written, whatever their texts hold', async () => {
    const awkward = String.raw`back\slash \' quote " comma, = 中文 \n`;
    const written = point({
      resident: 'awkward',
      sub: 999_999,
      fields: { seq: 9_007_199_254, data: awkward, 'a b,c=d': 'x', 温度: 'y' },
    });
    await write(written);
    expect(await history.read(page(residents('awkward')))).toEqual([written]);
  });

  it('keeps floats of readings, small and large, and tags that are absent', async () => {
    const written = point({
      measurement: 'reading',
      tags: { device: 'd1', resident: 'floats', station: null, kind: null },
      fields: { battery: 80, temperature: -12.75, tiny: 1e-9, huge: 1e21 },
    });
    await write(written);
    expect(await history.read(page({ measurement: 'reading', ...residents('floats') }))).toEqual([written]);
  });

  it('takes a repeated point for the same one', async () => {
    const repeated = [point({ resident: 'again' }), point({ resident: 'again', atMs: midnight + 1 })];
    await write(...repeated);
    await write(...repeated);
    expect(await history.read(page(residents('again')))).toHaveLength(2);
    const [group] = await history.series(counted(residents('again')));
    expect(group?.values).toEqual([[midnight, 2]]);
  });

  it('pages through points of several devices in both orders without losing or repeating one', async () => {
    const points = Array.from({ length: 50 }, (_, index) =>
      point({
        resident: 'pages',
        device: `d${index % 3}`,
        atMs: midnight + Math.floor(index / 2) * 1_700_000,
        sub: index,
        fields: { seq: index },
      }),
    );
    await write(...points);
    for (const order of ['oldest', 'newest'] as const) {
      const seen: unknown[] = [];
      let after: Point | undefined;
      do {
        const found: Point[] = await history.read(page({ ...residents('pages'), order, limit: 7, after }));
        seen.push(...found.map(({ fields }) => fields['seq']));
        after = found.at(-1);
      } while (after);
      const expected = points.map((_, index) => index);
      expect(seen).toEqual(order === 'oldest' ? expected : expected.toReversed());
    }
  });

  it('finds by device, resident, station and kind, and nothing in a part without stations', async () => {
    await write(
      point({ resident: 'find', device: 'one', kind: 'door.opened' }),
      point({ resident: 'find', device: 'two', kind: 'motion.detected', atMs: midnight + 5 }),
    );
    const found = async (filter: PointQuery['filter']): Promise<(string | null)[]> =>
      (await history.read(page({ filter: { resident: 'find', ...filter } }))).map(({ tags }) => tags.device);
    expect(await found({ devices: ['one'] })).toEqual(['one']);
    expect(await found({ kinds: ['motion.detected', 'bed.left'] })).toEqual(['two']);
    expect(await found({ stations: ['s1', 's2'] })).toEqual(['one', 'two']);
    expect(await found({ stations: ['s2'] })).toEqual([]);
    expect(await found({ stations: [] })).toEqual([]);
    expect(await found({ devices: ["one' OR '1'='1", '\\'] })).toEqual([]);
  });

  it('ends a page before the end of the span and begins it with the span', async () => {
    await write(...[0, 1, 2].map((ms) => point({ resident: 'span', atMs: midnight + ms })));
    const found = await history.read(
      page({ ...residents('span'), fromMs: midnight + 1, toMs: midnight + 2, order: 'newest' }),
    );
    expect(found.map(({ atMs }) => atMs)).toEqual([midnight + 1]);
  });

  const spans: [name: string, everyMs: number, expected: [hours: number, count: number][]][] = [
    [
      'a quarter of an hour',
      hourMs / 4,
      [
        [0, 2],
        [0.25, 1],
        [1.5, 1],
        [23.75, 1],
      ],
    ],
    [
      'an hour',
      hourMs,
      [
        [0, 3],
        [1, 1],
        [23, 1],
      ],
    ],
    [
      'six hours',
      6 * hourMs,
      [
        [0, 4],
        [18, 1],
      ],
    ],
    ['a day', dayMs, [[0, 5]]],
  ];
  it.each(spans)('counts by %s of the local day', async (_, everyMs, expected) => {
    const at = [0, 0.1, 0.3, 1.5, 23.99].map((hours) => midnight + hours * hourMs);
    await write(...at.map((atMs) => point({ resident: 'count', atMs: Math.floor(atMs) })));
    // The day before and the day after do not count.
    await write(...[-1, dayMs].map((ms) => point({ resident: 'count', atMs: midnight + ms })));
    const [group] = await history.series(counted({ ...residents('count'), everyMs }));
    expect(group?.values).toEqual(expected.map(([hours, count]) => [midnight + hours * hourMs, count]));
  });

  it('groups by tag, and computes mean, extremes and sum', async () => {
    const reading = (device: string, atMs: number, battery: number): Point =>
      point({
        measurement: 'reading',
        tags: { device, resident: 'mean', station: null, kind: null },
        atMs,
        fields: { battery },
      });
    await write(
      reading('a', midnight, 80),
      reading('a', midnight + 1, 70),
      reading('b', midnight + 2, 10),
      reading('a', midnight + hourMs, 60),
    );
    const ask = async (aggregate: SeriesQuery['aggregate'], everyMs = hourMs) =>
      Object.fromEntries(
        (
          await history.series(
            counted({
              measurement: 'reading',
              ...residents('mean'),
              field: 'battery',
              aggregate,
              everyMs,
              groupBy: ['device'],
            }),
          )
        ).map(({ tags, values }) => [tags.device, values.map(([, value]) => value)]),
      );
    expect(await ask('mean')).toEqual({ a: [75, 60], b: [10] });
    expect(await ask('mean', dayMs)).toEqual({ a: [70], b: [10] });
    expect(await ask('min')).toEqual({ a: [70, 60], b: [10] });
    expect(await ask('max', dayMs)).toEqual({ a: [80], b: [10] });
    expect(await ask('sum', hourMs / 2)).toEqual({ a: [150, 60], b: [10] });
  });

  it('keeps a cursor for each journal, also one that goes back', async () => {
    for (const seq of [5, 1_000_000_000, 7]) {
      await history.keepCursor('j1', seq);
      expect(await history.cursor('j1')).toBe(seq);
    }
    expect(await history.cursor('j2')).toBe(0);
  });

  it('erases all of one resident and nothing of another', async () => {
    const of: Measurement[] = ['event', 'reading', 'alarm_step', 'alarm_response'];
    for (const measurement of of)
      await write(point({ measurement, resident: 'gone' }), point({ measurement, resident: 'stays' }));
    await keepUp();
    await history.eraseResident('gone');
    for (const measurement of of) {
      expect(await history.read(page({ measurement, ...residents('gone') }))).toEqual([]);
      expect(await history.series(counted({ measurement, ...residents('gone'), everyMs: dayMs }))).toEqual(
        [],
      );
      expect(await history.read(page({ measurement, ...residents('stays') }))).toHaveLength(1);
    }
    await write(point({ resident: 'gone' }));
    expect(await history.read(page(residents('gone')))).toHaveLength(1);
  });

  it('forgets what is older than it keeps', async () => {
    const oldMs = midnight - 401 * dayMs;
    await history.write([point({ resident: 'old', atMs: oldMs }), point({ resident: 'old' })]);
    await keepUp();
    const found = await history.read(page({ ...residents('old'), fromMs: oldMs - 1 }));
    expect(found.map(({ atMs }) => atMs)).toEqual([midnight]);
  });
}
