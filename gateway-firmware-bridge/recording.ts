import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import type { Clock } from './clock.ts';

/** `in`: from the firmware; `out`: to it. */
export type Direction = 'in' | 'out';
export type RecordedBytes = { atMs: number; direction: Direction; bytes: Uint8Array };

export type Recorder = {
  bytes(direction: Direction, bytes: Uint8Array): void;
  /** Resolves when everything is written, or when writing has failed. */
  close(): Promise<void>;
};

/** A recording that cannot be begun, or read: `message` names the file, and the line where there is one. */
export class BadRecording extends Error {
  readonly code = 'bad-recording';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BadRecording';
  }
}

/** What may wait for a slow disk; past it bytes are left out, with a remark. */
const mostWaitingBytes = 8 * 1024 * 1024;
const arrows = { in: '<', out: '>' } as const;

/**
 * Writes what passes over a line as text that a person can read and edit, one line each: milliseconds since the start,
 * `<` from or `>` to the firmware, then the bytes as a JSON string if they are printable, else in hexadecimal. Never
 * overwrites. A disk that fails ends the recording, tells `onFailure`, and disturbs nothing else.
 */
export async function createRecorder(
  path: string,
  clock: Pick<Clock, 'monotonic' | 'now'>,
  { about = '', onFailure = () => undefined }: { about?: string; onFailure?: (error: Error) => void } = {},
): Promise<Recorder> {
  const there = statSync(path, { throwIfNoEntry: false });
  const isDevice = there?.isCharacterDevice() === true || there?.isFIFO() === true;
  const stream = createWriteStream(path, { flags: isDevice ? 'a' : 'wx', mode: 0o600 });
  try {
    await once(stream, 'open');
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const reason = isThere ? 'is there already; name another file' : `cannot be written (${String(error)})`;
    throw new BadRecording(`${path}: ${reason}`, { cause: error });
  }
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure = error;
    onFailure(error);
  });
  const beganMs = clock.monotonic();
  let leftOut = 0;
  stream.write(
    `# Carebell bridge recording, ${new Date(clock.now()).toISOString()}${about && `, ${about}`}\n`,
  );

  return {
    bytes(direction, bytes) {
      if (failure !== null) return;
      if (stream.writableLength > mostWaitingBytes) {
        leftOut += bytes.length;
        return;
      }
      const atMs = Math.round(clock.monotonic() - beganMs);
      if (leftOut > 0) stream.write(`# ${leftOut} bytes left out before ${atMs}\n`);
      leftOut = 0;
      stream.write(`${atMs} ${arrows[direction]} ${textOf(bytes)}\n`);
    },
    async close() {
      if (failure !== null) return;
      stream.end();
      try {
        await finished(stream);
      } catch (error) {
        // The stream's own listener has told it.
        if (error !== failure) throw error;
      }
    },
  };
}

/** The lines of a recording in their order. Throws {@link BadRecording} at the first that is none. */
export async function* readRecording(path: string): AsyncGenerator<RecordedBytes> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      const text = line.trim();
      if (text === '' || text.startsWith('#')) continue;
      const recorded = parseRecordedLine(text);
      if (recorded === undefined) {
        throw new BadRecording(
          `${path}:${number} use <milliseconds> < or > and hexadecimal or a JSON string`,
        );
      }
      yield recorded;
    }
  } catch (error) {
    if (error instanceof BadRecording) throw error;
    throw new BadRecording(`${path}: cannot be read (${String(error)})`, { cause: error });
  }
}

const linePattern = /^(\d{1,12}) ([<>]) (?:("(?:[^"\\]|\\.)*")|((?:[0-9a-f]{2} ?)*))(?:\s*#.*)?$/i;

function parseRecordedLine(line: string): RecordedBytes | undefined {
  const match = linePattern.exec(line);
  if (match === null) return undefined;
  const [, ms, arrow, quoted, hex = ''] = match;
  const bytes = quoted === undefined ? Buffer.from(hex.replaceAll(' ', ''), 'hex') : bytesOfQuoted(quoted);
  if (bytes === undefined) return undefined;
  return { atMs: Number(ms), direction: arrow === '<' ? 'in' : 'out', bytes: new Uint8Array(bytes) };
}

/** Characters above U+00FF are no bytes. */
function bytesOfQuoted(quoted: string): Uint8Array | undefined {
  try {
    const text: unknown = JSON.parse(quoted);
    if (typeof text !== 'string') return undefined;
    const bytes = Buffer.from(text, 'latin1');
    return bytes.toString('latin1') === text ? bytes : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string {
  const isPrintable = bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isPrintable ? JSON.stringify(buffer.toString('latin1')) : buffer.toString('hex');
}
