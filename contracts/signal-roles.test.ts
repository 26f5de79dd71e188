import { describe, expect, it } from 'vitest';
import { roleOfSignal } from './signal-roles.ts';

const heard = (type: string, signal: string, said?: string) => ({ type, signal, said });

describe('what a signal means', () => {
  const signals = { 'key.4': { kind: 'door.opened' }, '*': { kind: 'button.pressed', key: 'taxi' } } as const;

  it.each([
    ['key.4', undefined, signals['key.4']],
    ['KEY.4', 'battery.low', signals['key.4']],
    ['key.8', undefined, signals['*']],
    ['pir.on', 'motion.detected', signals['*']],
    ['battery.low', 'battery.low', undefined],
    ['cancel', 'button.cancelled', undefined],
  ])('was assigned: %s, which says %s', (signal, said, role) => {
    expect(roleOfSignal(heard('other', signal, said), [undefined, signals])).toEqual(role);
  });

  it('is what the first assignment says that says anything', () => {
    const first = { 'key.8': { kind: 'motion.detected' } } as const;
    expect(roleOfSignal(heard('other', 'key.8'), [first, signals])).toEqual(first['key.8']);
    expect(roleOfSignal(heard('other', 'key.4'), [first, signals])).toEqual(signals['key.4']);
  });

  it.each([
    ['button', 'key.7', 'button.pressed'],
    ['terminal', 'key.b', 'button.pressed'],
    ['door-sensor', 'key.7', 'door.closed'],
    ['door-sensor', 'key.3', 'door.opened'],
    ['motion-sensor', 'switch.off', 'motion.cleared'],
    ['motion-sensor', 'off', 'motion.cleared'],
    ['smoke-detector', 'key.f', 'smoke.detected'],
    ['bed-sensor', 'key.1', undefined],
    ['other', 'key.1', undefined],
  ])('is by the type %s for %s, which nobody assigned: %s', (type, signal, kind) => {
    expect(roleOfSignal(heard(type, signal), [{}])?.kind).toBe(kind);
  });

  it('is the protocol’s own word, but never everyday news from a button', () => {
    expect(roleOfSignal(heard('door-sensor', 'pir.on', 'motion.detected'), [{}])).toBeUndefined();
    expect(roleOfSignal(heard('button', 'battery.low', 'battery.low'), [{}])).toBeUndefined();
    expect(roleOfSignal(heard('button', 'pir.on', 'motion.detected'), [{}])).toEqual({
      kind: 'button.pressed',
      key: 'help',
    });
  });
});
