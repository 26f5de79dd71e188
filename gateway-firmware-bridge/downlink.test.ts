import type { CommandResult, DeviceCommand } from '@carebell/contracts/messages.ts';
import { describe, expect, it, vi } from 'vitest';
import type { DoneCommand } from './command-memory.ts';
import { createDownlink } from './downlink.ts';
import type { Shower } from './downlink.ts';
import type { FramedDriver } from './drivers/driver.ts';
import { createOrderQueue } from './order-queue.ts';
import { createMovingClock } from './testing/moving-clock.ts';

const payload = (command: object) => Buffer.from(JSON.stringify(command));
const identify: DeviceCommand = { id: 'c1', command: 'identify' };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A firmware that is told `!<ordinal> <command>` and shows everything but a test. */
const driver: FramedDriver = {
  name: 'lamp',
  about: 'a lamp',
  mode: 'framed',
  line: { baudRate: 9600 },
  addressScope: 'port',
  silenceLimitMs: 1_000,
  frameGapMs: 10,
  createDecoder: () => ({ push: () => [], quiet: () => [] }),
  encode: ({ command, ordinal }) =>
    command.command === 'test'
      ? undefined
      : { bytes: Buffer.from(`!${ordinal} ${command.command}`), token: String(ordinal) },
};

function downlinkTo(devices: Record<string, string>, recalled: DoneCommand[] = []) {
  const clock = createMovingClock();
  const written: string[] = [];
  const answers: (CommandResult & { deviceId: string })[] = [];
  let isOpen = true;
  const queue = createOrderQueue({
    driver,
    options: {},
    clock,
    write(bytes) {
      if (isOpen) written.push(Buffer.from(bytes).toString());
      return isOpen;
    },
    poller: () => undefined,
  });
  const kept: DoneCommand[] = [];
  const disk = { write: (): Promise<void> => Promise.resolve() };
  const downlink = createDownlink({
    memory: {
      recalled: () => recalled,
      keep(done) {
        kept.push(done);
        return disk.write();
      },
    },
    showersOf(deviceId): Shower[] {
      const address = devices[deviceId];
      return address === undefined ? [] : [{ order: queue.add, address }];
    },
    answer: (deviceId, result) => void answers.push({ deviceId, ...result }),
    told: () => undefined,
  });
  return {
    clock,
    queue,
    written,
    answers,
    kept,
    disk,
    downlink,
    open(now: boolean) {
      isOpen = now;
      if (now) queue.opened();
    },
  };
}

describe('a command', () => {
  it('goes down the wire and is answered when the firmware confirms it', async () => {
    const { downlink, queue, written, answers } = downlinkTo({ lamp: 'node.1' });
    downlink.command('lamp', payload(identify));
    await vi.waitFor(() => expect(written).toEqual(['!1 identify']));
    expect(answers).toEqual([]);
    queue.confirmed('7', true);
    queue.confirmed('1', true);
    await vi.waitFor(() => expect(answers).toEqual([{ deviceId: 'lamp', id: 'c1', ok: true }]));
  });

  it('that is repeated is carried out once and answered again', async () => {
    const { downlink, queue, written, answers } = downlinkTo({ lamp: 'node.1' });
    downlink.command('lamp', payload(identify));
    downlink.command('lamp', payload(identify));
    await vi.waitFor(() => expect(written).toHaveLength(1));
    queue.confirmed('1', false, 'no such lamp');
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    downlink.command('lamp', payload(identify));
    const result = { deviceId: 'lamp', id: 'c1', ok: false, reason: 'no such lamp' };
    expect(answers).toEqual([result, result]);
    expect(written).toHaveLength(1);
    expect(downlink.counts()).toMatchObject({ commands: 1, repeated: 2, failed: 1 });
  });

  it('is on the disk before the hub is answered', async () => {
    const { downlink, queue, written, answers, kept, disk } = downlinkTo({ lamp: 'node.1' });
    const stored = Promise.withResolvers<void>();
    disk.write = () => stored.promise;
    downlink.command('lamp', payload(identify));
    await vi.waitFor(() => expect(written).toHaveLength(1));
    queue.confirmed('1', true);
    await vi.waitFor(() => expect(kept).toEqual([{ deviceId: 'lamp', result: { id: 'c1', ok: true } }]));
    await turn();
    expect(answers).toEqual([]);
    stored.resolve();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
  });

  it('that an earlier process carried out is answered as it was then, and not carried out again', async () => {
    const result = { id: 'c1', ok: false, reason: 'no such lamp' };
    const { downlink, written, answers } = downlinkTo({ lamp: 'node.1', bell: 'node.2' }, [
      { deviceId: 'lamp', result },
    ]);
    downlink.command('lamp', payload(identify));
    expect(answers).toEqual([{ deviceId: 'lamp', ...result }]);
    downlink.command('bell', payload(identify));
    await vi.waitFor(() => expect(written).toEqual(['!1 identify']));
  });

  it('that nobody confirms is answered as such, and the next one goes out', async () => {
    const { clock, downlink, queue, written, answers } = downlinkTo({ lamp: 'node.1' });
    downlink.command('lamp', payload(identify));
    downlink.command('lamp', payload({ ...identify, id: 'c2' }));
    await vi.waitFor(() => expect(written).toEqual(['!1 identify']));
    clock.pass(5_000);
    await vi.waitFor(() => expect(written).toEqual(['!1 identify', '!2 identify']));
    queue.confirmed('2', true);
    await vi.waitFor(() =>
      expect(answers).toMatchObject([
        { id: 'c1', ok: false, reason: 'not-confirmed' },
        { id: 'c2', ok: true },
      ]),
    );
  });

  it('waits for a line that is being plugged in again, and not for ever', async () => {
    const { clock, downlink, open, queue, written, answers } = downlinkTo({ lamp: 'node.1' });
    open(false);
    downlink.command('lamp', payload(identify));
    await turn();
    clock.pass(2_000);
    open(true);
    await vi.waitFor(() => expect(written).toEqual(['!1 identify']));
    queue.confirmed('1', true);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    open(false);
    downlink.command('lamp', payload({ ...identify, id: 'c2' }));
    await turn();
    clock.pass(31_000);
    await vi.waitFor(() => expect(answers[1]).toMatchObject({ ok: false, reason: 'line-not-open' }));
  });

  it.each([
    ['that the firmware cannot show', 'lamp', { id: 'c1', command: 'test' }, 'not-supported'],
    ['for a device that nobody has heard', 'stranger', identify, 'unknown-device'],
    ['of a kind from a later version', 'lamp', { id: 'c1', command: 'sing' }, 'unknown-command'],
  ])('%s is answered with the reason', async (_, deviceId, command, reason) => {
    const { downlink, answers } = downlinkTo({ lamp: 'node.1' });
    downlink.command(deviceId, payload(command));
    await vi.waitFor(() => expect(answers).toEqual([{ deviceId, id: 'c1', ok: false, reason }]));
  });

  it.each(['', 'no json', '{"id":5}', '[]'])('that reads %j is counted and answers nothing', (text) => {
    const { downlink, answers } = downlinkTo({ lamp: 'node.1' });
    downlink.command('lamp', Buffer.from(text));
    expect([answers, downlink.counts().unreadable]).toEqual([[], 1]);
  });
});
