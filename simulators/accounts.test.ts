import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseDevice, readAccounts, writeAccounts } from './accounts.ts';
import type { Accounts } from './accounts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carebell-accounts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const accounts: Accounts = {
  users: [{ name: 'wang.li', password: 'p', role: 'operator', station: '青山路站' }],
  devices: [
    { id: 'door-1', secret: 's', type: 'door-sensor', resident: '甲' },
    { id: 'fall-1', secret: 's', type: 'fall-detector', resident: '甲' },
    { id: 'btn-2', secret: 's', type: 'button', resident: '乙' },
  ],
};

test('what was written is read again, for the owner only, and no draft stays behind', async () => {
  const path = join(folder, 'new', 'demo-accounts.json');
  await writeAccounts(path, { users: [], devices: [] });
  await writeAccounts(path, accounts);
  expect(await readAccounts(path)).toEqual({ ok: true, accounts });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'new'))).toEqual(['demo-accounts.json']);
});

test.each([
  ['not JSON', 'malformed'],
  ['{"users":[]}', 'malformed'],
])('a file that holds %s is %s', async (text, reason) => {
  const path = join(folder, 'a.json');
  await writeFile(path, text);
  expect(await readAccounts(path)).toMatchObject({ ok: false, reason });
  expect(await readAccounts(join(folder, 'b.json'))).toMatchObject({ ok: false, reason: 'missing' });
});

test.each([
  [{ types: ['button', 'fall-detector'] }, 'btn-2'],
  [{ types: ['button', 'fall-detector'], resident: '甲' }, 'fall-1'],
  [{ types: ['button'], id: 'door-1' }, 'door-1'],
  [{ types: ['button'], id: 'x' }, 'no-such-device'],
  [{ types: ['button'], resident: '丙' }, 'no-such-resident'],
  [{ types: ['bed-sensor'] }, 'no-fitting-device'],
] as const)('the wish %j finds %s', (wish, expected) => {
  const choice = chooseDevice(accounts, wish);
  expect(choice.ok ? choice.account.id : choice.reason).toBe(expected);
});
