import { describe, expect, it } from 'vitest';
import { createCarrier } from './carry.ts';
import type { HistoryPort, Point } from './history-port.ts';
import type { JournalRow } from './points.ts';

const rowOf = (seq: number): JournalRow => ({
  seq,
  atMs: 1_773_446_400_000 + seq,
  receivedAtMs: 1_773_446_400_000 + seq,
  type: 'event',
  deviceId: `d${seq % 7}`,
  residentId: null,
  stationId: null,
  alarmId: null,
  kind: 'door.opened',
  body: '{}',
  heardBy: null,
  closedState: null,
  pressReceivedAtMs: null,
});

/** A store of a hundred entries that refuses some of them for ever, and counts how often it is asked. */
function place(badSeqs: readonly number[]) {
  const stored = new Set<number>();
  let writes = 0;
  const write = async (points: readonly Point[]) => {
    writes += 1;
    const seqs = points.map(({ fields }) => Number(fields['seq']));
    for (const seq of seqs) if (!badSeqs.includes(seq)) stored.add(seq);
    return seqs.some((seq) => badSeqs.includes(seq))
      ? { ok: false as const, reason: 'refused' as const, message: 'field type conflict' }
      : { ok: true as const };
  };
  const rows = Array.from({ length: 100 }, (_, index) => rowOf(index + 1));
  const source = {
    name: () => 'j1',
    after: (seq: number, limit: number) => rows.filter((row) => row.seq > seq).slice(0, limit),
  };
  const carrier = createCarrier(source, { store: 'influx', write } as unknown as HistoryPort);
  return { carrier, stored, writes: () => writes };
}

describe('a portion with points that the store refuses', () => {
  it.each([[[]], [[1]], [[100]], [[17, 18, 64]]])('stores all but %j, and names those', async (bad) => {
    const { carrier, stored, writes } = place(bad);
    const carried = await carrier.carry({ from: 0, atMost: 1_000 });
    if (!carried.ok) throw new Error(carried.message);
    expect(carried.refused.map(({ seq }) => seq)).toEqual(bad);
    expect(carried.refused.every(({ reason, line }) => reason !== '' && line.startsWith('event,'))).toBe(
      true,
    );
    expect(stored.size).toBe(100 - bad.length);
    expect(carried).toMatchObject({ cursor: 100, points: 100, isEnd: true });
    // Each bad point costs two writes for each halving of the portion.
    expect(writes()).toBeLessThanOrEqual(1 + bad.length * 2 * Math.ceil(Math.log2(100)));
  });

  it('is followed by the next one, without an entry lost or read twice in between', async () => {
    const { carrier, stored } = place([]);
    let from = 0;
    for (const atMost of [30, 30, 30, 30]) {
      const carried = await carrier.carry({ from, atMost });
      if (!carried.ok) throw new Error(carried.message);
      expect(carried.cursor).toBe(Math.min(100, from + 30));
      from = carried.cursor;
    }
    expect(stored.size).toBe(100);
  });
});

it('a store that cannot be reached in the middle of the halving gives nothing up', async () => {
  let writes = 0;
  const carrier = createCarrier({ name: () => 'j1', after: () => [rowOf(1), rowOf(2)] }, {
    store: 'influx',
    async write() {
      writes += 1;
      return { ok: false, reason: writes === 1 ? 'refused' : 'unavailable', message: 'gone' };
    },
  } as unknown as HistoryPort);
  expect(await carrier.carry({ from: 0, atMost: 10 })).toEqual({ ok: false, message: 'gone' });
});
