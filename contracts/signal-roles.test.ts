import { describe, expect, it } from 'vitest';
import { assignedRole, isMistaken, usualRole } from './signal-roles.ts';

describe('what a signal means', () => {
  const signals = { 'key.4': { kind: 'door.opened' }, '*': { kind: 'button.pressed', key: 'taxi' } } as const;

  it.each([
    ['key.4', signals['key.4']],
    ['KEY.4', signals['key.4']],
    ['key.8', signals['*']],
  ])('was assigned to %s', (signal, role) => {
    expect(assignedRole(signals, signal)).toEqual(role);
  });

  it('was not assigned where nothing was', () => {
    expect(assignedRole({}, 'key.4')).toBeUndefined();
  });

  it.each([
    ['button', 'key.7', 'button.pressed'],
    ['terminal', 'key.b', 'button.pressed'],
    ['door-sensor', 'key.7', 'door.closed'],
    ['door-sensor', 'key.3', 'door.opened'],
    ['motion-sensor', 'switch.off', 'motion.cleared'],
    ['smoke-detector', 'key.f', 'smoke.detected'],
    ['bed-sensor', 'key.1', undefined],
    ['other', 'key.1', undefined],
  ])('is by the type %s for %s: %s', (type, signal, kind) => {
    expect(usualRole(type, signal)?.kind).toBe(kind);
  });

  it('is never everyday news from a button', () => {
    expect(isMistaken('button', 'door.opened')).toBe(true);
    expect(isMistaken('button', 'battery.low')).toBe(false);
    expect(isMistaken('door-sensor', 'door.opened')).toBe(false);
  });
});
