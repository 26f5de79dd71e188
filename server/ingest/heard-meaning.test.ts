import { describe, expect, it } from 'vitest';
import { heardMeaning } from './heard-meaning.ts';

const code = { id: 'e1', kind: 'code.received', data: { signal: 'key.4' } };
const taxi = { 'key.4': { kind: 'button.pressed', key: 'taxi' } } as const;

describe('a code that its gateway could not read', () => {
  it('means what the registry says of the signal', () => {
    expect(heardMeaning(code, { type: 'terminal', signals: taxi })).toEqual({
      id: 'e1',
      kind: 'button.pressed',
      data: { signal: 'key.4', key: 'taxi' },
    });
  });

  it.each([
    ['with a signal', { signal: 'key.8' }],
    ['without one', {}],
  ])('of a button is a call for help: %s', (_, data) => {
    const meant = heardMeaning({ ...code, data }, { type: 'button', signals: taxi });
    expect(meant).toMatchObject({ kind: 'button.pressed', data: { key: 'help' } });
  });

  it('stays a code where the type says nothing', () => {
    expect(heardMeaning(code, { type: 'other', signals: {} })).toBe(code);
  });
});

describe('an event that the protocol gave a meaning', () => {
  it('keeps it where the registry has no other', () => {
    const event = { ...code, kind: 'battery.low' };
    expect(heardMeaning(event, { type: 'button', signals: {} })).toBe(event);
  });

  it('gets the one of the registry', () => {
    const event = { ...code, kind: 'motion.detected' };
    const signals = { '*': { kind: 'door.opened' } } as const;
    expect(heardMeaning(event, { type: 'door-sensor', signals })).toMatchObject({ kind: 'door.opened' });
  });

  it('is a call for help if it makes everyday news of a button', () => {
    const event = { ...code, kind: 'motion.detected' };
    expect(heardMeaning(event, { type: 'button', signals: {} })).toMatchObject({ kind: 'button.pressed' });
  });
});
