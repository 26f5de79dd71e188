import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { connectAsync } from 'mqtt';
import { percentile } from '../statistics.ts';
import { seedTown } from './seed-town.ts';
import type { Town } from './seed-town.ts';
import { startTownHub } from './town-hub.ts';
import { openTalkers } from './town-talk.ts';

const { values } = parseArgs({
  options: {
    residents: { type: 'string', default: '50000' },
    /** Events of the town a second, one after the other. */
    rates: { type: 'string', default: '170,500,1000' },
    seconds: { type: 'string', default: '60' },
  },
});
const residents = Number(values.residents);
const seconds = Number(values.seconds);
const stations = 50;
const gateways = 500;
const help = 'help-button';

const dataDir = mkdtempSync(join(tmpdir(), 'carebell-town-'));
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));

/** The register of a town, of which gateways and one button sign in. */
async function found(): Promise<{ town: Town; secrets: string[]; button: string }> {
  const hub = await startTownHub(dataDir);
  const stationIds: string[] = [];
  await hub.post('/organisations', { id: 'district', level: 'district', name: 'D', parentId: 'root' });
  await hub.post('/organisations', { id: 'street', level: 'street', name: 'S', parentId: 'district' });
  for (let index = 0; index < stations; index += 1) {
    const id = `station-${index}`;
    await hub.post('/organisations', { id, level: 'station', name: id, parentId: 'street' });
    stationIds.push(id);
  }
  const gatewayIds: string[] = [];
  const secrets: string[] = [];
  for (let index = 0; index < gateways; index += 1) {
    const id = `gateway-${index}`;
    const stationId = stationIds[index % stations] ?? '';
    const { secret } = await hub.post<{ secret: string }>('/gateways', { id, stationId });
    gatewayIds.push(id);
    secrets.push(secret);
  }
  const button = await hub.post<{ secret: string }>('/devices', {
    id: help,
    type: 'button',
    stationId: 'station-0',
  });
  await hub.stop();
  return { town: { residents, gatewayIds, stationIds }, secrets, button: button.secret };
}

const { town, secrets, button } = await found();
const seededAtMs = performance.now();
seedTown(join(dataDir, 'carebell.db'), town);
console.log(
  `${residents} residents, ${residents * 5} devices, ${gateways} gateways entered in ${told(performance.now() - seededAtMs)}`,
);
const hub = await startTownHub(dataDir);
const first = await hub.metrics();
console.log(`ready after ${told(hub.startedInMs)}, ${megabytes(first)} MB`);
const talkers = await openTalkers(hub.mqttPort, town, secrets);
const presser = await connectAsync(`mqtt://127.0.0.1:${hub.mqttPort}`, {
  clientId: help,
  username: help,
  password: button,
});
const helpTopic = buildTopic({ of: 'device', deviceId: help, kind: 'event' });

for (const rate of values.rates.split(',').map(Number)) {
  const lags: number[] = [];
  const portions: number[] = [];
  const presses: number[] = [];
  const state = { isRunning: true };
  const watching = (async () => {
    while (state.isRunning) {
      const now = await hub.metrics();
      lags.push(now.get('detection_lag_seconds') ?? Number.NaN);
      portions.push((now.get('detection_portion_seconds') ?? Number.NaN) * 1_000);
      const pressedAtMs = performance.now();
      const press = JSON.stringify({ id: randomUUID(), kind: 'test.pressed' });
      await presser.publishAsync(helpTopic, press, { qos: 1 });
      presses.push(performance.now() - pressedAtMs);
      await pass(500);
    }
  })();
  const { sent, unanswered } = await talkers.speak(rate, seconds);
  state.isRunning = false;
  await watching;
  const endedAtMs = performance.now();
  let after = await hub.metrics();
  while ((after.get('detection_lag_entries') ?? 0) > 0 && performance.now() - endedAtMs < 120_000) {
    await pass(200);
    after = await hub.metrics();
  }
  const ms = (times: readonly number[], part: number) => percentile(times, part).toFixed(0);
  console.log(
    [
      `${(sent / seconds).toFixed(0)}/s for ${seconds} s`,
      `unanswered at the end ${unanswered}`,
      `PUBACK of a button p50 ${ms(presses, 0.5)} ms, p99 ${ms(presses, 0.99)} ms`,
      `detection behind p50 ${percentile(lags, 0.5).toFixed(2)} s, most ${Math.max(...lags).toFixed(2)} s`,
      `portion p50 ${ms(portions, 0.5)} ms, p99 ${ms(portions, 0.99)} ms`,
      `caught up ${told(performance.now() - endedAtMs)} after the last`,
      `${megabytes(after)} MB`,
    ].join('; '),
  );
}
await presser.endAsync(true);
await talkers.end();
await hub.stop();

function told(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
function megabytes(metrics: ReadonlyMap<string, number>): string {
  return ((metrics.get('resident_memory_bytes') ?? 0) / 1e6).toFixed(0);
}
