import { deviceTypes } from '@carebell/contracts/registry.ts';
import { describe, expect, it } from 'vitest';
import { choicesFor, likelyType, roleOf, signalsFrom, usualRole } from './key-roles.ts';

const said = { times: 1, lastAt: '2026-03-14T08:00:00Z', signal: 'key.4', key: null };

it('what it is follows from what it said', () => {
  expect(likelyType([{ kind: 'battery.low' }, { kind: 'smoke.detected' }])).toBe('smoke-detector');
  expect(likelyType([{ kind: 'code.received' }])).toBe('button');
  expect(likelyType([])).toBe('button');
});

describe('the roles of an unknown device’s signals', () => {
  it('are all real ones, but for the usual one', () => {
    for (const type of deviceTypes) {
      const [usual, ...others] = choicesFor(type);
      expect(usual).toBe('usual');
      expect(others.filter((choice) => roleOf(choice) === undefined)).toEqual([]);
    }
  });

  it('are sent for the signals that somebody has chosen one for', () => {
    const choices = new Map([
      ['key.4', 'button.pressed:meal'],
      ['key.2', 'usual'],
      ['key.8', 'test.pressed'],
    ]);
    expect(signalsFrom(choices)).toEqual({
      'key.4': { kind: 'button.pressed', key: 'meal' },
      'key.8': { kind: 'test.pressed' },
    });
  });

  it('are otherwise those of the type, or what the protocol itself says', () => {
    expect(usualRole('button', { ...said, kind: 'code.received' })).toEqual({
      kind: 'button.pressed',
      key: 'help',
    });
    expect(usualRole('other', { ...said, kind: 'code.received' })).toBeUndefined();
    expect(usualRole('other', { ...said, kind: 'smoke.detected' })).toEqual({ kind: 'smoke.detected' });
  });
});
