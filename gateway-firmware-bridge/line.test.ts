import { describe, expect, it } from 'vitest';
import type { Decoded, Driver, PolledDriver } from './drivers/driver.ts';
import { createLine } from './line.ts';
import { createMovingClock } from './testing/moving-clock.ts';
import { WireFailure } from './wire.ts';
import type { WireEvents } from './wire.ts';

const common = { name: 'test', about: '', line: { baudRate: 9600 }, addressScope: 'port' } as const;
const press: Decoded = { of: 'heard', heard: { of: 'signal', address: 'button.1', signal: 'down' } };
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

async function openLine(driver: Driver, heard: () => Promise<unknown> | undefined, isThere = true) {
  const clock = createMovingClock();
  const written: string[] = [];
  const changes: boolean[] = [];
  let wire: WireEvents | undefined;
  const line = createLine({
    config: { name: 'p', path: '/dev/p', driver: 'test', options: {} },
    driver,
    clock,
    openWire(_path, _line, events) {
      if (!isThere) return Promise.reject(new WireFailure('missing', 'gone'));
      wire = events;
      return Promise.resolve({
        write: (bytes) => void written.push(Buffer.from(bytes).toString()),
        close: () => Promise.resolve(),
      });
    },
    told: () => undefined,
    heard,
    changed: (isHearing) => void changes.push(isHearing),
  });
  line.start();
  await nextTurn();
  return {
    line,
    clock,
    written,
    changes,
    say: (text: string) => wire!.bytes(Buffer.from(text)),
    pull: () => wire!.closed('pulled'),
  };
}

describe('a line', () => {
  it('answers a firmware only when what it said is on the disk', async () => {
    const disk = Promise.withResolvers<boolean>();
    const driver: Driver = {
      ...common,
      mode: 'framed',
      silenceLimitMs: 60_000,
      frameGapMs: 50,
      createDecoder: () => ({
        push: () => [press, { of: 'reply', bytes: Buffer.from('ACK') }],
        quiet: () => [],
      }),
    };
    const { written, say, line } = await openLine(driver, () => disk.promise);
    say('press');
    await nextTurn();
    expect(written).toEqual([]);
    disk.resolve(true);
    await nextTurn();
    expect(written).toEqual(['ACK']);
    await line.stop();
  });

  it('gives up a frame that has begun when nothing came for the gap, however many pieces came before', async () => {
    let quiets = 0;
    const driver: Driver = {
      ...common,
      mode: 'framed',
      silenceLimitMs: 60_000,
      frameGapMs: 50,
      createDecoder: () => ({
        push: () => [],
        quiet: () => {
          quiets += 1;
          return [];
        },
      }),
    };
    const { clock, say, pull, line } = await openLine(driver, () => undefined);
    for (let piece = 0; piece < 10; piece += 1) {
      say('x');
      clock.pass(49);
    }
    expect(quiets).toBe(0);
    clock.pass(1);
    expect(quiets).toBe(1);
    clock.pass(10_000);
    expect(quiets).toBe(1);
    say('x');
    pull();
    clock.pass(400);
    expect(quiets).toBe(1);
    await line.stop();
  });

  it('that is not there ten seconds after the start counts as closed, one that is open does not', async () => {
    const driver: Driver = {
      ...common,
      mode: 'framed',
      silenceLimitMs: 60_000,
      frameGapMs: 50,
      createDecoder: () => ({ push: () => [], quiet: () => [] }),
    };
    const missing = await openLine(driver, () => undefined, false);
    missing.clock.pass(9_999);
    expect(missing.changes).toEqual([]);
    missing.clock.pass(1);
    expect(missing.changes).toEqual([false]);
    await missing.line.stop();
    const there = await openLine(driver, () => undefined);
    there.clock.pass(20_000);
    expect(there.changes).toEqual([true]);
    await there.line.stop();
  });

  it('keeps the memory of a polled bus while the cable is out', async () => {
    let made = 0;
    let starts = 0;
    const driver: PolledDriver = {
      ...common,
      mode: 'polled',
      silenceLimitMs: 60_000,
      createPoller(_options, { answering }) {
        made += 1;
        return {
          start: () => void (starts += 1),
          push: () => answering?.('unit.1', false),
          stop: () => Promise.resolve(),
        };
      },
    };
    const { line, clock, say, pull } = await openLine(driver, () => undefined);
    say('?');
    expect(line.counts().silentUnits).toBe(1);
    pull();
    for (let turn = 0; turn < 20; turn += 1) {
      clock.pass(1_000);
      await nextTurn();
    }
    expect({ made, starts }).toEqual({ made: 1, starts: 2 });
    await line.stop();
  });
});
