import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRecorder, readRecording } from './recording.ts';
import type { RecordedBytes } from './recording.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recording-'));
  path = join(folder, 'night.txt');
});
afterEach(() => rmSync(folder, { recursive: true }));

let ms = 0;
const clock = { monotonic: () => 5000 + ms, now: () => Date.UTC(2026, 0, 2) };
const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

async function read(file = path): Promise<RecordedBytes[]> {
  const lines: RecordedBytes[] = [];
  for await (const line of readRecording(file)) lines.push(line);
  return lines;
}

test('a recording is text that a person can read: time, direction, bytes', async () => {
  ms = 0;
  const recorder = await createRecorder(path, clock, { about: 'rflink on /dev/ttyUSB0' });
  recorder.bytes('out', ascii('10;PING;\r\n'));
  ms = 12.4;
  recorder.bytes('in', ascii('20;99;PONG;\r\n'));
  ms = 1500;
  recorder.bytes('in', new Uint8Array([0xaa, 0xa4, 0x00, 0x55]));
  await recorder.close();
  expect(readFileSync(path, 'utf8')).toBe(
    String.raw`# Carebell bridge recording, 2026-01-02T00:00:00.000Z, rflink on /dev/ttyUSB0
0 > "10;PING;\r\n"
12 < "20;99;PONG;\r\n"
1500 < aaa40055
`,
  );
  expect(await read()).toEqual([
    { atMs: 0, direction: 'out', bytes: ascii('10;PING;\r\n') },
    { atMs: 12, direction: 'in', bytes: ascii('20;99;PONG;\r\n') },
    { atMs: 1500, direction: 'in', bytes: new Uint8Array([0xaa, 0xa4, 0x00, 0x55]) },
  ]);
});

test('a recording edited by hand may hold spaces, remarks, capitals and other line ends', async () => {
  writeFileSync(path, '# mine\r\n\r\n 10 < AA A4 00 55  # a press\r\n20 < "a\\u00ff" # text\r\n');
  expect(await read()).toMatchObject([
    { atMs: 10, bytes: new Uint8Array([0xaa, 0xa4, 0x00, 0x55]) },
    { atMs: 20, bytes: new Uint8Array([0x61, 0xff]) },
  ]);
});

test.each(['soon < aa', '1 ! aa', '1 < a', '1 < "a', '1 < "\\q"', '1 < "铃"', '1 < aa zz', '-1 < aa'])(
  'a line such as %j is told by its number',
  async (line) => {
    writeFileSync(path, `1 < aa\n${line}\n`);
    await expect(read()).rejects.toMatchObject({
      code: 'bad-recording',
      message: `${path}:2 use <milliseconds> < or > and hexadecimal or a JSON string`,
    });
  },
);

test('a recording that is not there, or there already, is told in one sentence', async () => {
  await expect(read()).rejects.toMatchObject({
    message: expect.stringMatching(/night\.txt: cannot be read/),
  });
  writeFileSync(path, 'yesterday');
  await expect(createRecorder(path, clock)).rejects.toMatchObject({
    message: `${path}: is there already; name another file`,
  });
  await expect(createRecorder(join(folder, 'none', 'night.txt'), clock)).rejects.toMatchObject({
    code: 'bad-recording',
  });
  expect(readFileSync(path, 'utf8')).toBe('yesterday');
});

test('a full disk ends the recording, is told once and disturbs nothing', async () => {
  const onFailure = vi.fn<(error: Error) => void>();
  const recorder = await createRecorder('/dev/full', clock, { onFailure });
  recorder.bytes('in', ascii('20;99;PONG;'));
  await vi.waitFor(() => expect(onFailure).toHaveBeenCalledTimes(1));
  recorder.bytes('in', ascii('20;99;PONG;'));
  await recorder.close();
  expect(onFailure.mock.calls).toEqual([[expect.objectContaining({ code: 'ENOSPC' })]]);
});

test('whatever bytes are recorded are read back', async () => {
  let run = 0;
  const pieces = fc.array(fc.tuple(fc.constantFrom('in', 'out'), fc.uint8Array({ maxLength: 40 })), {
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      run += 1;
      const file = join(folder, `run-${run}`);
      const recorder = await createRecorder(file, clock);
      for (const [direction, bytes] of given) recorder.bytes(direction, bytes);
      await recorder.close();
      const back = await read(file);
      expect(back.map(({ direction, bytes }) => [direction, [...bytes]])).toEqual(
        given.map(([direction, bytes]) => [direction, [...bytes]]),
      );
    }),
    { numRuns: 30 },
  );
});
