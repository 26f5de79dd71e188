import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryStatus } from '@carebell/contracts/history.ts';
import { influxdIn } from '@carebell/server/compose.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import { eventuallyTold } from '../eventually.ts';
import { answeredCall, livedWeeks } from '../lived-weeks.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';

type Target = { expr?: string; query?: string };
type Grafana = {
  panels: { title: string; targets?: Target[] }[];
  templating: { list: { name: string; type: string; query: string }[] };
};
const file = new URL('../../docs/grafana/carebell.json', import.meta.url);
const { panels, templating } = JSON.parse(readFileSync(file, 'utf8')) as Grafana;
const targets = panels.flatMap(({ title, targets = [] }) => targets.map((target) => ({ title, ...target })));
const program = serviceOrSkip('influxd') ?? '';

/** As Grafana fills them in for all stations and devices and the last 15 days. */
function filledIn(query: string): string {
  return query
    .replaceAll('$timeFilter', 'time >= now() - 15d')
    .replaceAll('$__interval', '1h')
    .replaceAll('/^$station$/', '/^.*$/')
    .replaceAll('/^$device$/', '/^.*$/');
}

describe.skipIf(program === '')('the dashboard for Grafana', () => {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-grafana-'));
  let influxd: Awaited<ReturnType<typeof influxdIn>>;
  let hub: ScenarioHub;

  beforeAll(async () => {
    influxd = await influxdIn(dir, program);
    await influxd.start();
    hub = await startHub({}, { CAREBELL_INFLUX_URL: `${influxd.url}/carebell` });
    const community = await settle(hub);
    await livedWeeks(hub, community);
    await answeredCall(hub, community);
    await eventuallyTold(async () => {
      const { store, lagEntries } = (await hub.admin.get<HistoryStatus>('/history/status')).body;
      if (store !== 'influx' || lagEntries > 0)
        throw new Error(`${lagEntries} entries are missing in ${store}`);
    }, 60_000);
  });
  afterAll(async () => {
    await hub.stop();
    await influxd.kill();
    rmSync(dir, { recursive: true });
  });

  it('asks for metrics that the hub has', async () => {
    const answer = await fetch(`${hub.url}/metrics`, { headers: { cookie: hub.admin.cookie } });
    const there = new Set([...(await answer.text()).matchAll(/^(carebell_\w+)/gm)].map(([name]) => name));
    const asked = targets.flatMap(({ expr = '' }) => expr.match(/carebell_\w+/g) ?? []);
    expect(asked.length).toBeGreaterThan(12);
    expect(asked.filter((name) => !there.has(name))).toEqual([]);
  });

  it.each([
    ...targets.filter(({ query }) => query !== undefined && !query.includes('carebell_hourly')),
    ...templating.list
      .filter(({ type }) => type === 'query')
      .map(({ name, query }) => ({ title: name, query })),
  ])('$title: $query finds something in InfluxDB', async ({ query = '' }) => {
    const asked = new URLSearchParams({ db: 'carebell', q: filledIn(query) }).toString();
    const answer = await fetch(`${influxd.url}/query?${asked}`);
    const { results } = (await answer.json()) as { results: { series?: unknown[]; error?: string }[] };
    expect(results[0]?.error).toBeUndefined();
    expect(results[0]?.series?.length ?? 0).toBeGreaterThan(0);
  });

  it('takes the years from the continuous query that the hub has set up', async () => {
    const asked = new URLSearchParams({ q: 'SHOW CONTINUOUS QUERIES' }).toString();
    const text = await (await fetch(`${influxd.url}/query?${asked}`)).text();
    expect(text).toContain('carebell.carebell_hourly.:MEASUREMENT');
    expect(text).toContain('count(*)');
  });
});
