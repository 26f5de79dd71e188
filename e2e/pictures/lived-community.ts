import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { desk, openCamera, phone, wall } from './camera.ts';
import { whenThere } from './when-there.ts';

const days = '3';
const station = 'qingshan-station';

type Account = { name: string; password: string };
type Items<T> = { items: T[] };

/** The demo community after some days of alarms, requests and visits, seen by who leads it. */
export async function pictureCommunity(browser: Browser): Promise<void> {
  const demo = await livedDemo();
  const { url, account } = demo;
  const leader = await logIn(url, 'liu.fang', account('liu.fang').password);
  const campaignId = await beginCampaign(leader);
  const [bed] = (await leader.get<Items<{ id: string }>>('/care-beds')).body.items;

  const camera = await openCamera(browser, url, account('liu.fang'), desk);
  await camera.take('boards', {
    path: '/boards',
    ready: '[data-testid="board-parts"]',
    isWhole: true,
  });
  await camera.take('map', { path: '/map', ready: '[data-testid="map-told"]' });
  await camera.take('numbers', { path: '/numbers', ready: '[data-testid="number-within60s"]' });
  await camera.take('visit-rate', { path: '/visit-rate', ready: '[data-testid="rate-people"]' });
  await camera.take('campaign', { path: `/visit-campaigns/${campaignId}`, ready: 'meter' });
  if (bed !== undefined) await camera.take('care-bed', { path: `/care-beds/${bed.id}`, ready: 'main h1' });
  await camera.take('duty', { path: `/organisations/${station}/duty`, ready: '.duty-piece' });
  await camera.take('supervision', {
    path: '/supervision/chain',
    ready: '[data-testid="chain-state"]',
  });
  await camera.close();
  const large = await openCamera(browser, url, account('liu.fang'), wall);
  await large.take('big-screen', { path: '/big-screen', ready: '[data-testid="big-tally"]' });
  await large.close();
  const installer = await openCamera(browser, url, account('sun.wei'), phone);
  await installer.take('work-list-phone', { path: '/maintenance', ready: '[data-testid^="job-"]' });
  await installer.close();
  await demo.end();
}

async function livedDemo() {
  const dataDir = mkdtempSync(join(tmpdir(), 'carebell-pictures-'));
  const demo = spawn(
    process.execPath,
    ['simulators/demo/main.ts', '--days', days, '--quiet', '--lang', 'en'],
    {
      cwd: join(import.meta.dirname, '..', '..'),
      env: {
        PATH: process.env['PATH'],
        CAREBELL_DATA_DIR: dataDir,
        CAREBELL_HTTP_PORT: '0',
        CAREBELL_MQTT_PORT: '0',
        CAREBELL_LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  process.once('exit', () => demo.kill('SIGINT'));
  let said = '';
  demo.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await whenThere(async () => (said.includes('Ctrl-C') ? true : undefined));
  const { users } = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')) as {
    users: Account[];
  };
  return {
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '',
    account: (name: string): Account => users.find((user) => user.name === name) ?? { name, password: '' },
    async end(): Promise<void> {
      const closed = once(demo, 'close');
      demo.kill('SIGINT');
      await closed;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Some calls made, some not yet. */
async function beginCampaign(leader: Api): Promise<string> {
  const { id } = await leader.create<{ id: string }>('/visit-campaigns', {
    name: '寒潮问候',
    kind: 'cold',
    organisationId: 'anning',
    groups: ['living-alone', 'advanced-age'],
    until: new Date(Date.now() + 2 * 86_400_000).toISOString(),
    script: '问暖气和被褥，提醒防滑、防一氧化碳。',
  });
  const calls = `/visit-campaigns/${id}/calls`;
  const { items } = (await leader.get<Items<{ residentId: string }>>(`${calls}?limit=50`)).body;
  const results = ['well', 'well', 'not-reached', 'well', 'needs-help'];
  for (const [index, { residentId }] of items.slice(0, 11).entries())
    await leader.create(`${calls}/${residentId}`, { result: results[index % results.length] });
  return id;
}
