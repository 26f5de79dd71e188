import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { runCommandLine } from './command-line.ts';
import { textsIn } from './texts.ts';
import type { Language } from './texts.ts';

const press = '20;77;EV1527;ID=0f7499;SWITCH=04;CMD=ON;\r\n';
const code = 'rf433.ev1527.f7499';
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function command(line: string, language: Language = 'en', env: NodeJS.ProcessEnv = {}) {
  const out: string[] = [];
  const interrupt = new AbortController();
  const code = runCommandLine(line.split(' ').filter(Boolean), {
    env,
    texts: textsIn(language),
    clock: systemClock(),
    print: (text) => out.push(text),
    printError: (text) => out.push(text),
    interrupted: interrupt.signal,
    onReload: () => undefined,
  });
  const says = (text: string | RegExp) => vi.waitFor(() => expect(out.join('\n')).toMatch(text));
  return { out, code, says, stop: () => interrupt.abort() };
}

/** A cable: what is written to `far` comes out of the port at `near`. */
async function cable() {
  const [near, far] = [join(folder, 'near'), join(folder, 'far')];
  const ends = [near, far].map((link) => `pty,raw,echo=0,link=${link}`);
  const socat = spawn('socat', ends, { stdio: 'ignore' });
  const gone = once(socat, 'exit');
  await vi.waitFor(() => expect(existsSync(near) && existsSync(far)).toBe(true));
  return {
    near,
    write: (text: string) => appendFile(far, text),
    async cut() {
      socat.kill();
      await gone;
    },
  };
}

test('help, in both languages, has examples that can be copied', async () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const { out, code } = command('--help', language);
    expect(await code).toBe(0);
    expect(out.join('\n')).toContain('npm run bridge -- --port /dev/ttyUSB0 --driver rflink --dry-run');
    expect(out.join('\n')).toContain(textsIn(language).about.slice(0, 12));
  }
  const { out, code } = command('');
  expect(await code).toBe(2);
  expect(out.join('\n')).toContain('Usage');
});

test('the drivers and the ports of this machine can be listed', async () => {
  const { out, code } = command('--drivers');
  expect(await code).toBe(0);
  expect(out.join('\n')).toMatch(/^rflink {2}57600 baud {2}RFLink/m);
  expect(await command('--list').code).toBe(0);
});

test('wrong settings are listed at once and end with exit code 2', async () => {
  const { out, code } = command('--port tcp://here --driver rflnk --hub nowhere');
  expect(await code).toBe(2);
  expect(out.join('\n').split('\n')).toEqual([
    'these settings are wrong:',
    '  --hub: use an address such as mqtt://127.0.0.1:1883',
    '  --port: use a device path or tcp://host:port',
    expect.stringContaining('  --driver: no such driver; '),
    '  hub.gatewayId: is missing; it can be given by --gateway',
    expect.stringContaining("  the gateway's secret is missing"),
  ]);
  expect(await command('--colour red').code).toBe(2);
  expect(await command('--dry-run --port /dev/x --driver rflink --speed fast').code).toBe(2);
});

test('a dry run shows one event for all frames of a press, follows the device map, and ends cleanly', async () => {
  const { near, write, cut } = await cable();
  const map = join(folder, 'devices.yaml');
  writeFileSync(map, `devices: [{ id: btn-zhou, heardAs: ${code}, type: button }]`);
  const record = join(folder, 'night.txt');
  const run = command(
    `--port ${near} --driver rflink --dry-run --device-map ${map} --record ${record} --data-dir ${folder}`,
  );
  await run.says('port open');
  await write(press.repeat(5));
  await run.says('button.pressed help');
  writeFileSync(map, 'devices: [');
  await run.says(/the device map is wrong; what was known stays in use:\n.*devices\.yaml:1:11/);
  writeFileSync(map, `devices: [{ id: btn-chen, heardAs: ${code}, type: button }]`);
  await run.says(/device map read: 1 devices[^]*device map read: 1 devices/);
  await write('noise\r\n20;12;Pir;ID=aa66;PIR=ON;\r\n');
  await run.says('motion.detected');
  run.stop();
  expect(await run.code).toBe(0);
  await cut();
  expect(run.out.filter((line) => line.includes('button.pressed help'))).toEqual([
    expect.stringMatching(
      /^\d\d:\d\d:\d\d\.\d{3} {2}rflink {2}button\.pressed help {2}btn-zhou \(heard as rf433\.ev1527\.f7499\)$/,
    ),
  ]);
  expect(run.out.at(-1)).toBe('2 events, 0 readings; 4 repeated frames merged, 1 times bytes thrown away');
  expect(existsSync(join(folder, 'known-devices.json'))).toBe(false);
  expect(readFileSync(record, 'utf8')).toContain('EV1527;ID=0f7499');

  const replayed = command(
    `--replay ${record} --driver rflink --dry-run --speed 0 --device-map ${map}`,
    'zh-CN',
  );
  expect(await replayed.code).toBe(0);
  expect(replayed.out.filter((line) => line.includes('按键 help'))).toEqual([
    expect.stringMatching(/^ +\d+\.\d{3} {2}rflink {2}按键 help {2}btn-chen/),
  ]);
  expect(replayed.out.at(-1)).toBe('共 2 个事件、0 条读数；合并重复帧 4 个，丢弃 1 处');
});

test('a port that another process has is waited for, and said', async () => {
  const { near, cut } = await cable();
  const first = command(`--port ${near} --driver rflink --dry-run`);
  await first.says('port open');
  const second = command(`--port ${near} --driver rflink --dry-run`);
  await second.says(/port cannot be opened, waiting for it: .* is used by another process/);
  second.stop();
  expect(await second.code).toBe(0);
  first.stop();
  expect(await first.code).toBe(0);
  await cut();
});

test('a recording that is not one, or that would be overwritten, ends with exit code 2', async () => {
  const file = join(folder, 'night.txt');
  writeFileSync(file, '1 < aa\nrubbish\n');
  const replayed = command(`--replay ${file} --driver rflink --dry-run --speed 0`);
  expect(await replayed.code).toBe(2);
  expect(replayed.out.at(-1)).toContain('night.txt:2 use <milliseconds>');
  const recorded = command(`--port /dev/none --driver rflink --dry-run --record ${file}`);
  expect(await recorded.code).toBe(2);
  expect(recorded.out.at(-1)).toContain('is there already');
  expect(readFileSync(file, 'utf8')).toBe('1 < aa\nrubbish\n');
  const config = join(folder, 'bridge.yaml');
  writeFileSync(config, 'ports: [{ path: /dev/a, driver: rflink }, { path: /dev/b, driver: sonoff-rf }]');
  const two = command(`--config ${config} --replay ${file} --dry-run`);
  expect(await two.code).toBe(2);
  expect(two.out.at(-1)).toContain('--replay plays one port');
});
