import { describe, expect, it } from 'vitest';
import { stepSince } from './clock-step.ts';

const atMs = Date.UTC(2026, 2, 14);
const hourMs = 3_600_000;
const mark = { atMs, boot: 'b1', uptimeMs: 100_000 };

describe('by how much the clock was set while the hub was away', () => {
  it.each([
    ['nothing, of a first start', undefined, null, 0, 'b1', 0, 0],
    ['nothing, of an hour away', mark, atMs, hourMs, 'b1', 100_000 + hourMs, 0],
    ['a day back', mark, atMs, hourMs - 24 * hourMs, 'b1', 100_000 + hourMs, -24 * hourMs],
    ['a day forward', mark, atMs, 25 * hourMs, 'b1', 100_000 + hourMs, 24 * hourMs],
    ['too little to tell from a crash', mark, atMs, hourMs - 3_000, 'b1', 100_000 + hourMs, 0],
    ['nothing after a new start of the machine, however late', mark, atMs, 900 * hourMs, 'b2', 5_000, 0],
    ['as much as it lies before the last line', mark, atMs + hourMs, -hourMs, 'b2', 5_000, -2 * hourMs],
    ['the same without any mark', undefined, atMs, -hourMs, null, 0, -hourMs],
    ['the same where the uptime began anew', mark, atMs, -hourMs, 'b1', 5_000, -hourMs],
    ['nothing where the machine says no start', { ...mark, boot: null }, atMs, hourMs, null, 900_000, 0],
  ])('%s', (_, last, lastWrittenMs, sinceMs, boot, uptimeMs, expected) => {
    expect(stepSince(last, lastWrittenMs, { atMs: atMs + sinceMs, boot, uptimeMs })).toBe(expected);
  });
});
