import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createNotificationReads } from '../adapters/store/notification-reads.ts';
import { createMetrics } from './metrics.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

it('every metric that the Grafana dashboard and the operating guide name is served', async () => {
  const metrics = createMetrics({
    gate: api.gate,
    refusals: { totals: () => new Map([['duplicate', 1]]) },
    board: { size: () => ({ open: 0, notStored: 0 }) },
    screens: () => 0,
    broker: { counts: () => ({ connected: 3 }) },
    history: {
      status: () => ({
        journalSeq: 12,
        cursor: 5,
        lagSeconds: 3,
        failing: { sinceMs: 0, why: 'gone' },
        points: 1,
        refused: 2,
        retries: 3,
      }),
    },
    detection: { status: () => ({ lagEntries: 7, lagSeconds: 2.5, portionSeconds: 0.01 }) },
    clockOffMs: () => -1_500,
    notifications: createNotificationReads(api.db),
    chain: {
      state: () => ({ is: 'ok' }),
      report: () => ({
        state: { is: 'ok' },
        runs: [],
        quantiles: [{ hop: 'journal', p50: 4, p99: 12 }],
      }),
    },
  });
  const text = await metrics.text();
  expect(text).toContain('carebell_history_lag_entries 7\n');
  expect(text).toContain('carebell_history_ok 0\n');
  expect(text).toContain('carebell_detection_lag_seconds 2.5\n');
  expect(text).toContain('carebell_clock_off_seconds -1.5\n');
  expect(text).toContain('carebell_chain_hop_seconds{hop="journal",quantile="0.99"} 0.012\n');
  expect(Number(/^carebell_heap_young_bytes (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(100_000);
  const served = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  const guides = ['docs/grafana/carebell.json', 'docs/operations.md'].map((file) =>
    readFileSync(file, 'utf8'),
  );
  const named = [...guides.join('').matchAll(/carebell_[a-z_]+/g)].map(([name]) =>
    name.replace(/_bucket$/, ''),
  );
  expect(named.length).toBeGreaterThan(20);
  for (const name of named) expect(served).toContain(name);
});
