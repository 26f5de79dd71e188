import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UsageError } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Hub } from './hub.ts';
import { importList } from './table-import.ts';
import { textsEn } from './texts-en.ts';

let folder: string;
const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carebell-lists-'));
  process.on('unhandledRejection', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
  rmSync(folder, { recursive: true });
});

const nobody = {} as Hub;
const desk = { texts: textsEn } as unknown as Desk;
const csv = Buffer.from(
  '\uFEFF设备编号 id,类型 type,名称 name,驿站编号 stationId,按键含义 signals\r\n' +
    'btn-1,按钮,"床头, 左",station-1,"{""switch.1"":{""kind"":""button.pressed"",""key"":""help""}}"\r\n' +
    'door-1,门磁,入户门,station-1,\r\n',
);
const xlsx = readFileSync(new URL('../e2e/browser/devices.xlsx', import.meta.url));

const damage = fc.record({
  flips: fc.array(fc.record({ at: fc.nat(10_000), byte: fc.nat(255) }), { maxLength: 8 }),
  cutAt: fc.option(fc.nat(10_000), { nil: undefined, freq: 4 }),
});

it.each([
  ['list.csv', csv, 300],
  ['list.xlsx', xlsx, 150],
])(
  'whatever a damaged file holds is shown or refused, and nothing else happens: %s',
  async (name, file, numRuns) => {
    const path = join(folder, name);
    await fc.assert(
      fc.asyncProperty(damage, async ({ flips, cutAt }) => {
        const bytes = Buffer.from(file);
        for (const { at, byte } of flips) bytes[at % bytes.length] = byte;
        writeFileSync(path, bytes.subarray(0, cutAt));
        const outcome = await importList(nobody, 'devices', path, {}, desk).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UsageError);
      }),
      { numRuns, seed: 1 },
    );
    expect(unhandled).toEqual([]);
  },
);
