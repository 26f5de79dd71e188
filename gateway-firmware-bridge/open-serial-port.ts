import { closeSync, constants, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ReadStream, isatty } from 'node:tty';
import { SerialPort } from 'serialport';
import type { LineSettings } from './drivers/driver.ts';
import { WireFailure } from './wire.ts';
import type { Wire, WireEvents } from './wire.ts';

const lookEveryMs = 2_000;
/** Bytes that may wait for a device that takes none. */
const mostUnwritten = 64 * 1024;
const readBytes = 16 * 1024;

/** Opens a device path, alone: another process that has it locked makes this fail with `in-use`. */
export async function openSerialPort(path: string, line: LineSettings, events: WireEvents): Promise<Wire> {
  const identity = await identityOf(path);
  const port = new SerialPort({
    path,
    ...line,
    dataBits: line.dataBits ?? 8,
    parity: line.parity ?? 'none',
    stopBits: line.stopBits ?? 1,
    lock: true,
    autoOpen: false,
    highWaterMark: readBytes,
  });
  let isEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let reader: ReadStream | undefined;

  // It comes twice when a write and a read fail together.
  port.on('close', (error: Error | null) => end(error?.message ?? 'closed'));
  port.on('error', (error: Error) => end(error.message));

  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(failureOf(path, error)) : resolve()));
  });
  reader = terminalAt(path);
  if (reader === undefined) port.on('data', take);
  else {
    reader.on('end', () => end('the device is gone'));
    reader.on('error', (error) => end(error.message));
  }
  // A read at the moment of unplugging may wait for ever, and a pseudo-terminal may be replaced under its name.
  timer = setInterval(() => void look(), lookEveryMs);

  function take(bytes: Uint8Array): void {
    if (!isEnded) events.bytes(bytes);
  }

  /**
   * Reads the open port as the terminal that it is: one wake of this process for each piece. The library itself tries a read
   * in the thread pool, waits, and reads in the thread pool again, twice the processor's time at 50 frames a second.
   */
  function terminalAt(path: string): ReadStream | undefined {
    try {
      const fd = openSync(path, constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
      if (!isatty(fd)) {
        closeSync(fd);
        return undefined;
      }
      const onread = {
        buffer: new Uint8Array(readBytes),
        callback(length: number, buffer: Uint8Array): boolean {
          take(buffer.slice(0, length));
          return true;
        },
      };
      return new ReadStream(fd, { onread }).resume();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return undefined;
    }
  }

  async function look(): Promise<void> {
    const now = await identityOf(path).catch(() => undefined);
    if (now !== identity) end('the device is gone');
  }

  function end(reason: string): void {
    if (isEnded) return;
    isEnded = true;
    clearInterval(timer);
    void close();
    events.closed(reason);
  }

  function close(): Promise<void> {
    isEnded = true;
    clearInterval(timer);
    reader?.destroy();
    return new Promise((resolve) => {
      if (port.isOpen) port.close(() => resolve());
      else resolve();
    });
  }

  return {
    write(bytes) {
      if (port.writableLength > mostUnwritten) end('the device takes no bytes');
      else if (!isEnded) port.write(Buffer.from(bytes));
    },
    close,
  };
}

async function identityOf(path: string): Promise<string> {
  try {
    const { dev, ino, rdev } = await stat(path);
    return `${dev} ${ino} ${rdev}`;
  } catch (error) {
    throw new WireFailure('missing', `${path} is not there`, error);
  }
}

/** The library tells its failures only in words. */
function failureOf(path: string, error: Error): WireFailure {
  const { message } = error;
  if (/cannot lock|temporarily unavailable|busy/i.test(message)) {
    return new WireFailure(
      'in-use',
      `${path} is used by another process; only one bridge can have it`,
      error,
    );
  }
  if (/permission denied|access denied/i.test(message)) {
    return new WireFailure(
      'not-permitted',
      `${path} may not be opened; is this user in the group "dialout"?`,
      error,
    );
  }
  if (/no such|not found/i.test(message)) return new WireFailure('missing', `${path} is not there`, error);
  return new WireFailure('failed', `${path}: ${message}`, error);
}
