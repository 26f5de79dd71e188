import { describe, expect, it } from 'vitest';
import type { HeardEvent } from '../journal/transaction.ts';
import { originalOf } from './echo.ts';

const at = Date.UTC(2026, 2, 14, 8);
const help = { kind: 'button.pressed', data: { key: 'help' } };
const heard = (seq: number, gatewayId: string, afterMs = 0, more: object = {}): HeardEvent => ({
  seq,
  atMs: at + afterMs,
  type: 'event',
  kind: help.kind,
  gatewayId,
  body: help,
  ...more,
});
const echo = (seq: number, gatewayId: string, echoOf: number): HeardEvent =>
  heard(seq, gatewayId, 0, { type: 'echo', body: { ...help, echoOf } });
const byG2 = { gatewayId: 'g2', happenedAtMs: at };

describe('the echo of a press', () => {
  it('is what another gateway reports of the same press', () => {
    expect(originalOf(help, byG2, [heard(1, 'g1')])?.seq).toBe(1);
  });

  it('is not what the same gateway reports: that is a second press', () => {
    expect(originalOf(help, byG2, [heard(1, 'g2')])).toBeUndefined();
  });

  it('comes once from each gateway: the next one is a press of its own', () => {
    const once = [heard(1, 'g1'), echo(2, 'g2', 1)];
    expect(originalOf(help, byG2, once)).toBeUndefined();
    expect(originalOf(help, { ...byG2, gatewayId: 'g3' }, once)?.seq).toBe(1);
  });

  it('belongs to the press that is nearest in time', () => {
    const happenedAtMs = at + 1_400;
    const two = [heard(1, 'g1'), heard(2, 'g1', 1_500)];
    expect(originalOf(help, { gatewayId: 'g2', happenedAtMs }, two)?.seq).toBe(2);
  });

  it('is not an echo of an echo', () => {
    expect(originalOf(help, byG2, [echo(2, 'g1', 1)])).toBeUndefined();
  });

  it.each<[string, object, object, boolean]>([
    ['another key', { key: 'help' }, { key: 'taxi' }, false],
    ['no key, which means help', { key: 'help' }, {}, true],
    ['no key, against another call than help', {}, { key: 'taxi' }, false],
    ['another way to press', { press: 'long' }, { press: 'short' }, false],
    ['another signal', { signal: 'key.4' }, { signal: 'key.8' }, false],
    ['a reception measured otherwise', { rssi: -70, snr: 9 }, { rssi: -91, snr: 2 }, true],
    ['more than the first one knew', { signal: 'key.4' }, { rssi: -91 }, true],
  ])('with %s', (_, said, before, isEcho) => {
    const event = { kind: 'button.pressed', data: { ...said } };
    const stored = heard(1, 'g1', 0, { body: { data: before } });
    expect(originalOf(event, byG2, [stored]) !== undefined).toBe(isEcho);
  });

  it('is of the same kind', () => {
    expect(originalOf({ kind: 'button.cancelled' }, byG2, [heard(1, 'g1')])).toBeUndefined();
  });
});
