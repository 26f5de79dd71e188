import { stat } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import type { LineSettings } from './drivers/driver.ts';
import { WireFailure } from './wire.ts';
import type { Wire, WireEvents } from './wire.ts';

const lookEveryMs = 2_000;
/** Bytes that may wait for a device that takes none. */
const mostUnwritten = 64 * 1024;

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
    highWaterMark: 16 * 1024,
  });
  let isEnded = false;
  let timer: NodeJS.Timeout | undefined;

  // Without a reader the library would not notice that the cable is gone.
  port.on('data', (bytes: Buffer) => {
    if (!isEnded) events.bytes(bytes);
  });
  // It comes twice when a write and a read fail together.
  port.on('close', (error: Error | null) => end(error?.message ?? 'closed'));
  port.on('error', (error: Error) => end(error.message));

  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(failureOf(path, error)) : resolve()));
  });
  // A read at the moment of unplugging may wait for ever, and a pseudo-terminal may be replaced under its name.
  timer = setInterval(() => void look(), lookEveryMs);

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
