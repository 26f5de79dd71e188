import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSerialPort } from './open-serial-port.ts';

const patience = { timeout: 10_000 };
const line = { baudRate: 57_600 };

let folder: string;
let near: string;
let pull: () => Promise<void>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carebell-serial-'));
  near = join(folder, 'near');
  const ends = ['near', 'far'].map((end) => `pty,raw,echo=0,link=${join(folder, end)}`);
  const socat = spawn('socat', ends, { stdio: 'ignore' });
  const gone = once(socat, 'exit');
  pull = async () => {
    socat.kill();
    await gone;
  };
  await vi.waitUntil(() => existsSync(near) && existsSync(join(folder, 'far')), patience);
});
afterEach(async () => {
  await pull();
  rmSync(folder, { recursive: true });
});

async function opened() {
  let heard = Buffer.alloc(0);
  const ends: string[] = [];
  const wire = await openSerialPort(near, line, {
    bytes(bytes) {
      heard = Buffer.concat([heard, bytes]);
    },
    closed: (reason) => void ends.push(reason),
  });
  return { wire, ends, heard: () => heard };
}

test('every byte of a terminal is heard in its order, whatever its value', async () => {
  const { wire, heard, ends } = await opened();
  const bytes = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7) % 256));
  await appendFile(join(folder, 'far'), bytes);
  await vi.waitFor(() => expect(heard().length).toBe(bytes.length));
  expect(heard().equals(bytes)).toBe(true);
  await wire.close();
  await appendFile(join(folder, 'far'), 'late');
  const again = await opened();
  await appendFile(join(folder, 'far'), 'next');
  await vi.waitFor(() => expect(again.heard().toString()).toMatch(/next$/));
  expect(heard().length).toBe(bytes.length);
  expect(ends).toEqual([]);
  await again.wire.close();
});

test('a terminal that goes away is told once, and what is written then goes nowhere', async () => {
  const { wire, ends } = await opened();
  await pull();
  await vi.waitFor(() => expect(ends).toHaveLength(1));
  wire.write(Buffer.from('nobody there'));
  await wire.close();
  expect(ends).toHaveLength(1);
});

test('a port that another reader has is refused, and its bytes stay the other one’s', async () => {
  const { wire, heard } = await opened();
  await expect(opened()).rejects.toMatchObject({ code: 'in-use' });
  await appendFile(join(folder, 'far'), 'a press');
  await vi.waitFor(() => expect(heard().toString()).toBe('a press'));
  await wire.close();
});

test('a file is no serial port', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'as it was');
  await expect(
    openSerialPort(file, line, { bytes: () => undefined, closed: () => undefined }),
  ).rejects.toMatchObject({ name: 'WireFailure' });
  expect(await readFile(file, 'utf8')).toBe('as it was');
});
