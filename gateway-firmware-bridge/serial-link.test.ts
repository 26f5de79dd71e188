import { describe, expect, it, vi } from 'vitest';
import { createSerialLink } from './serial-link.ts';
import { createMovingClock } from './testing/moving-clock.ts';
import { WireFailure } from './wire.ts';
import type { WireEvents } from './wire.ts';

type Answer = WireFailure | 'opens';

function linkTo(answers: Answer[]) {
  const clock = createMovingClock();
  const told: string[] = [];
  const heard: string[] = [];
  const written: string[] = [];
  let attempts = 0;
  let events: WireEvents | undefined;
  const link = createSerialLink({
    path: '/dev/radio',
    line: { baudRate: 57_600 },
    clock,
    openWire(_path, _line, wireEvents) {
      attempts += 1;
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer !== 'opens') return Promise.reject(answer);
      events = wireEvents;
      return Promise.resolve({
        write: (bytes) => void written.push(Buffer.from(bytes).toString()),
        close: () => Promise.resolve(),
      });
    },
    told: (event, { reason }) => void told.push(reason === undefined ? event : `${event}: ${reason}`),
    opened: () => void heard.push('opened'),
    bytes: (bytes) => void heard.push(Buffer.from(bytes).toString()),
    closed: () => void heard.push('closed'),
  });
  /** Time passes; each attempt to open takes a turn of the event loop. */
  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 100) {
      clock.pass(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { link, pass, told, heard, written, attempts: () => attempts, wire: () => events! };
}

const missing = new WireFailure('missing', 'it is not there');
const inUse = new WireFailure('in-use', 'another process has it');

describe('a serial link', () => {
  it('looks for a device that is not there twice a second, says so once, and opens it when it appears', async () => {
    const { link, pass, told, heard, attempts } = linkTo([
      ...Array.from({ length: 20 }, (): Answer => missing),
      'opens',
    ]);
    link.start();
    await pass(9_000);
    expect(attempts()).toBeGreaterThan(15);
    expect(told).toEqual(['link.not-opened: it is not there']);
    await pass(3_000);
    expect(told).toEqual(['link.not-opened: it is not there', 'link.opened']);
    expect(heard).toEqual(['opened']);
  });

  it('tries a port that is refused more and more seldom, and says each reason once', async () => {
    const { link, pass, told, attempts } = linkTo([inUse]);
    link.start();
    await pass(600_000);
    expect(attempts()).toBeGreaterThan(35);
    expect(attempts()).toBeLessThan(60);
    expect(told).toEqual(['link.not-opened: another process has it']);
  });

  it('is opened again after the cable was pulled out, even where its end is told twice', async () => {
    const { link, pass, told, heard, wire } = linkTo(['opens']);
    link.start();
    await pass(100);
    const first = wire();
    first.bytes(Buffer.from('a'));
    first.closed('unplugged');
    first.closed('unplugged');
    first.bytes(Buffer.from('late'));
    await pass(1_000);
    wire().bytes(Buffer.from('b'));
    expect(heard).toEqual(['opened', 'a', 'closed', 'opened', 'b']);
    expect(told).toEqual(['link.opened', 'link.closed: unplugged', 'link.opened']);
    expect(link.counts()).toEqual({ isOpen: true, opened: 2, bytesIn: 2, bytesOut: 0 });
  });

  it('writes only while it is open', async () => {
    const { link, pass, written } = linkTo(['opens']);
    expect(link.write(Buffer.from('x'))).toBe(false);
    link.start();
    await pass(100);
    expect(link.write(Buffer.from('y'))).toBe(true);
    await link.stop();
    expect(link.write(Buffer.from('z'))).toBe(false);
    expect(written).toEqual(['y']);
  });

  it('that is stopped stays closed', async () => {
    const { link, pass, attempts, wire } = linkTo(['opens']);
    link.start();
    await pass(100);
    await link.stop();
    wire().closed('late');
    await pass(60_000);
    expect(attempts()).toBe(1);
  });

  it('that is asked to reopen closes and opens at once', async () => {
    const { link, pass, told } = linkTo(['opens']);
    link.start();
    await pass(100);
    link.reopen('deaf');
    await vi.waitFor(() => expect(told).toEqual(['link.opened', 'link.closed: deaf', 'link.opened']));
  });
});
