import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Commissioning } from '@carebell/contracts/commissioning.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import type { SecondFactorOffer } from '@carebell/contracts/second-factor.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiWith } from '../api.ts';
import { codeOfApp } from '../authenticator-app.ts';
import { password, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectGateway, enterGateway } from '../virtual-gateway.ts';
import type { VirtualGateway } from '../virtual-gateway.ts';
import { connectDevice } from '../virtual-party.ts';

const main = join(import.meta.dirname, '..', '..', 'workbench', 'main.ts');
const chromium = '/usr/bin/chromium';
let hub: ScenarioHub;
let community: Community;
let folder: string;
let account: SignedIn;
let gateway: VirtualGateway;
/** A hub lets nobody log in at every command. */
let session: string;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  folder = mkdtempSync(join(tmpdir(), 'carebell-workbench-'));
  account = await enterGateway(hub, community.station.id);
  gateway = await connectGateway(hub, account);
  session = (await start(['log-in', '--user', 'zhao']).ended).out.trim();
});
afterAll(async () => {
  await gateway.end();
  await hub.stop();
  rmSync(folder, { recursive: true });
});

function start(argv: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...argv, '--hub', hub.url], {
    env: { PATH: process.env['PATH'], LANG: 'en', CAREBELL_PASSWORD: password, ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...said })),
  );
  return { child, said, ended };
}
const run = (...argv: string[]) => start(argv, { CAREBELL_SESSION: session }).ended;
/** What a program reads of it; the command must have done what it was asked to. */
async function json<T>(...argv: string[]): Promise<T> {
  const { code, out, err } = await run(...argv, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as T;
}
const words = (line: string): string[] => line.split(' ');
const fileOf = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('devices at the workbench’s command line', () => {
  it(
    'one that was never heard before stands out as it is pressed, and is entered',
    { timeout: 120_000 },
    async () => {
      await gateway.send('rf433.ev1527.0000a', 'code.received', { data: { signal: 'key.2', rssi: -80 } });
      const watch = start(['unknown', 'watch', '--gateway', account.id, '--user', 'zhao']);
      await eventually(() => expect(watch.said.out).toContain('press the device now'));
      await gateway.send('rf433.ev1527.0000b', 'code.received', { data: { signal: 'key.4', rssi: -51 } });
      await gateway.send('rf433.ev1527.0000a', 'code.received', { data: { signal: 'key.2', rssi: -80 } });
      await eventually(() => expect(watch.said.out).toMatch(/▶ new rf433\.ev1527\.0000b .*-51 dBm/));
      await eventually(() => expect(watch.said.out).toMatch(/^· rf433\.ev1527\.0000a/m));
      watch.child.kill('SIGINT');
      expect(await watch.ended).toMatchObject({ code: 0, err: '' });

      const signals = JSON.stringify({ 'key.4': { kind: 'button.pressed', key: 'help' } });
      const entered = await json<{ device: Device }>(
        'adopt',
        account.id,
        'rf433.ev1527.0000b',
        ...words(`--type button --room 卧室 --dwelling ${community.dwelling.id} --signals ${signals}`),
      );
      expect(entered.device).toMatchObject({ id: 'rf433.ev1527.0000b', residentId: community.resident.id });
      expect(
        await run('unknown', 'dismiss', account.id, 'rf433.ev1527.0000a', '--note', '201'),
      ).toMatchObject({
        code: 0,
      });
      expect(await run('unknown', 'list')).toEqual({
        code: 0,
        out: 'no unknown device was heard\n',
        err: '',
      });
      expect(await json('unknown', 'list', '--dismissed')).toMatchObject([{ dismissed: { note: '201' } }]);
    },
  );

  it(
    'a home is registered, labelled, given a code, exchanged and retired',
    { timeout: 120_000 },
    async () => {
      const station = ['--station', community.station.id];
      await json('register', 'dwelling', ...station, '--id', 'home-7', '--address', '安宁路7号');
      const gate = await json<{ secret: string }>(
        ...words('register gateway --id gate-7 --dwelling home-7'),
        ...station,
      );
      expect(gate.secret.length).toBeGreaterThan(15);
      await json('register', 'device', '--type', 'button', '--id', 'btn-7', '--dwelling', 'home-7');
      const said = await run(
        'register',
        'device',
        '--type',
        'button',
        '--id',
        'btn-7',
        '--dwelling',
        'home-7',
      );
      expect(said).toMatchObject({ code: 1, out: '', err: expect.stringContaining('already-exists') });

      const svg = join(folder, 'btn-7.svg');
      const png = join(folder, 'btn-7.png');
      await json('label', 'device', 'btn-7', '--out', svg, '--origin', 'https://hub.example.org');
      expect(readFileSync(svg, 'utf8')).toContain('btn-7</text>');
      await json('label', 'dwelling', 'home-7', '--out', png);
      expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
      expect((await run('label', 'gateway', 'gate-7')).out).toContain(`${hub.url}/g/gate-7`);
      expect(await run('label', 'device', 'nobody')).toMatchObject({ code: 1 });

      expect((await run('claim-code', 'btn-7')).out).toMatch(/^code [0-9A-Z]{4}-[0-9A-Z]{4}, good until/);
      expect((await run('claim-code', 'btn-7', '--show')).out).toBe('waits for the device\n');
      expect(await json('claim-code', 'btn-7', '--cancel')).toMatchObject({ state: 'none' });
      const replaced = await json<{ device: Device; secret: string }>('replace', 'btn-7', '--id', 'btn-8');
      expect(replaced.device.predecessors).toMatchObject([{ deviceId: 'btn-7' }]);
      expect((await run('retire', 'btn-8')).out).toContain('out of service');
    },
  );

  it(
    'a list is shown before, its errors named by row, and entered whole or not at all',
    { timeout: 120_000 },
    async () => {
      const bad = fileOf(
        'bad.csv',
        '设备编号,类型 type,住所编号\nok-1,按钮,home-7\nnot ok,门磁,home-7\nok-3,toaster,home-7\n',
      );
      expect(await run('import', 'devices', bad)).toMatchObject({
        code: 1,
        out: expect.stringMatching(/row 3 id: use 1–64[^]*row 4 type: [^]*nothing was entered/),
      });
      const nowhere = fileOf('nowhere.csv', 'id,type,dwellingId\nnew-1,button,home-7\nnew-2,button,moon\n');
      expect(await run('import', 'devices', nowhere)).toMatchObject({
        code: 0,
        out: expect.stringContaining('2 rows'),
      });
      expect(await run('import', 'devices', nowhere, '--enter')).toMatchObject({
        code: 1,
        out: expect.stringMatching(/row 3 dwellingId: reference-unknown/),
      });
      const good = fileOf('good.csv', 'id,type,dwellingId\nnew-1,button,home-7\nnew-2,门磁,home-7\n');
      const secrets = join(folder, 'secrets.csv');
      expect(await run('import', 'devices', good, '--enter', '--secrets', secrets)).toMatchObject({
        code: 0,
      });
      expect(readFileSync(secrets, 'utf8')).toMatch(/^id,secret\r?\nnew-1,.{16,}\r?\nnew-2,.{16,}\n$/);
      expect(statSync(secrets).mode & 0o777).toBe(0o600);
      expect(await run('import', 'devices', join(folder, 'none.csv'))).toMatchObject({ code: 2 });
    },
  );
});

describe('commissioning at the command line', () => {
  it(
    'goes through the checks, leaves a point, is signed, and its record is saved and printed',
    { timeout: 120_000 },
    async () => {
      const { door, dwelling, button, fallDetector } = community;
      for (const { id } of [button, fallDetector]) await run('retire', id);
      for (const id of ['rf433.ev1527.0000b']) await run('retire', id);
      const begun = await json<Commissioning>('commission', 'start', dwelling.id);
      expect(begun.deviceList).toMatchObject([{ deviceId: door.id }]);
      const check = start(['commission', 'check', dwelling.id, '--user', 'zhao']);
      await eventually(() =>
        expect(check.said.out).toMatch(/Set it off once \[events\] {2}0\/2 → Open the door/),
      );
      const device = await connectDevice(hub, door);
      for (const kind of ['door.opened', 'door.closed', 'tamper.opened']) await device.send(kind);
      await eventually(() => expect(check.said.out).toMatch(/tamper\] {2}1\/2 → Close the cover/));
      const skip = ['--skip', '外壳打不开', '--owner', '孙伟'];
      expect(await run('commission', 'check', dwelling.id, door.id, 'tamper', ...skip)).toMatchObject({
        code: 0,
      });
      expect(await run('commission', 'check', dwelling.id, door.id, 'battery', ...skip)).toMatchObject({
        code: 0,
      });
      expect(await check.ended).toMatchObject({
        code: 0,
        out: expect.stringContaining('ready to be signed'),
      });

      expect(await run('commission', 'sign', dwelling.id)).toMatchObject({
        code: 1,
        out: expect.stringContaining(`${hub.url}/commissionings/${begun.id}`),
      });
      const signature = { width: 300, height: 100, strokes: [[10, 10, 50, 80, 90, 20]] };
      const drawn = fileOf('drawn.json', JSON.stringify({ installer: signature, witness: signature }));
      const names = ['--installer', '赵<安装>', '--witness', '王秀英', '--signatures', drawn];
      await json('commission', 'sign', dwelling.id, ...names);
      const page = join(folder, 'record.html');
      const saved = await json<{ holds: boolean; sha256: string }>(
        'commission',
        'record',
        begun.id,
        '--out',
        page,
      );
      expect(saved.holds).toBe(true);
      expect(readFileSync(page, 'utf8')).toContain(saved.sha256);
      expect(readFileSync(page, 'utf8')).toContain('赵&lt;安装&gt;');
      const pdf = join(folder, 'record.pdf');
      const printed = start(['commission', 'record', begun.id, '--out', pdf, '--user', 'zhao'], {
        CAREBELL_BROWSER: chromium,
      });
      expect(await printed.ended).toMatchObject({ code: 0, err: '' });
      expect(readFileSync(pdf).subarray(0, 4).toString()).toBe('%PDF');

      await device.end();
      expect(await json('work', 'list', '--kind', 'commissioning')).toMatchObject([
        { id: door.id, owner: '孙伟' },
      ]);
      expect(await run('work', 'take', door.id, '--kind', 'commissioning')).toMatchObject({ code: 0 });
      expect(
        (await json<{ taken: object }[]>('work', 'list', '--mine')).map(({ taken }) => taken),
      ).toHaveLength(1);
      expect(await run('work', 'note', door.id, '下午三点以后', '--kind', 'commissioning')).toMatchObject({
        code: 0,
      });
      expect(await run('work', 'done', door.id, '--note', '外壳已换')).toMatchObject({
        out: expect.stringContaining('open points done: 2'),
      });
    },
  );

  it('what the hub has not seen done is not done', { timeout: 120_000 }, async () => {
    expect(await run('work', 'done', 'new-1')).toMatchObject({
      code: 1,
      out: expect.stringContaining('never heard: done when the hub hears it'),
    });
    expect(await run('work', 'list', '--limit', '5')).toMatchObject({ code: 0 });
  });
});

describe('test mode at the command line', () => {
  it('begins, is listed, prolonged, and ended by what is under test', { timeout: 120_000 }, async () => {
    expect(await run('test-mode', 'start', 'dwelling', 'home-7', '--minutes', '10')).toMatchObject({
      code: 0,
    });
    expect(await json('test-mode', 'list')).toMatchObject([{ subjectId: 'home-7' }]);
    expect(await run('test-mode', 'prolong', 'home-7', '--minutes', '60')).toMatchObject({ code: 0 });
    expect(await run('test-mode', 'end', 'home-7')).toMatchObject({ code: 0 });
    expect(await run('test-mode', 'list')).toMatchObject({ code: 0, out: 'nothing is under test\n' });
    expect(await run('test-mode', 'start', 'station', community.station.id)).toMatchObject({
      code: 1,
      err: expect.stringContaining('403 forbidden'),
    });
  });
});

describe('a command line', () => {
  it('of somebody who logs in with a code takes it from the variable, and says what is missing', async () => {
    const path = '/users/me/second-factor';
    const offer = await community.otherOperator.create<SecondFactorOffer>(path, { password });
    const begun = Date.now();
    const code = codeOfApp(offer.secret, begun);
    await community.otherOperator.create(`${path}/confirmation`, { code });
    const without = await start(['log-in', '--user', 'chen']).ended;
    expect(without).toMatchObject({ code: 1, err: expect.stringContaining('second-step-needed') });
    const env = { CAREBELL_CODE: codeOfApp(offer.secret, begun + 30_000) };
    const { out } = await start(['log-in', '--user', 'chen'], env).ended;
    const chen = apiWith(hub.url, { cookie: out.trim() });
    expect((await chen.get('/session')).body).toMatchObject({ user: { name: 'chen' } });
  });

  it(
    'of a wrong password, without any, or for nobody ends with 1 or 2 and a reason, in both languages',
    { timeout: 120_000 },
    async () => {
      const wrong = start(['work', 'list', '--user', 'zhao'], { CAREBELL_PASSWORD: 'not the password' });
      expect(await wrong.ended).toMatchObject({
        code: 1,
        err: expect.stringContaining('the hub refused: 401'),
      });
      const nobody = start(['work', 'list', '--lang', 'zh-CN'], { CAREBELL_PASSWORD: '' });
      expect(await nobody.ended).toMatchObject({ code: 2, err: expect.stringContaining('没有账号') });
      const { secret } = await hub.admin.create<{ secret: string }>('/tokens', { name: 'workbench' });
      const token = start(['work', 'list', '--json'], { CAREBELL_TOKEN: secret });
      expect(await token.ended).toMatchObject({ code: 0, err: '' });
      expect(await run('dance')).toMatchObject({
        code: 2,
        err: expect.stringContaining("unknown command 'dance'"),
      });
      expect(await run('adopt', 'g', 'c', '--type', 'toaster')).toMatchObject({ code: 2 });
      for (const name of ['unknown', 'adopt', 'import', 'commission', 'test-mode', 'work']) {
        expect(await run(name, '--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage') });
      }
    },
  );
});
