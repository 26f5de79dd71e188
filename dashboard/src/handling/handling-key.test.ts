import { describe, expect, it } from 'vitest';
import { keyCommand } from '../alarm-queue/key-command.ts';
import { handlingKey } from './handling-key.ts';

const bare = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, repeat: false };
const key = (name: string, code: string, more = {}) => ({ ...bare, key: name, code, ...more });

describe('a key while an alarm is handled', () => {
  it('answers by its digit, of either row, also through an input method', () => {
    expect(handlingKey(key('3', 'Digit3'))).toEqual({ answer: 3 });
    expect(handlingKey(key('3', 'Numpad3'))).toEqual({ answer: 3 });
    expect(handlingKey(key('Process', 'Digit3'))).toEqual({ answer: 3 });
  });

  it('means one of the letters, whatever the case', () => {
    expect(handlingKey(key('d', 'KeyD'))).toBe('access');
    expect(handlingKey(key('B', 'KeyB'))).toBe('call-back');
    expect(handlingKey(key('Process', 'KeyN'))).toBe('note');
    expect(handlingKey(key('s', 'KeyS'))).toBe('send');
  });

  it('means nothing while held down or with another key', () => {
    for (const more of [{ repeat: true }, { ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
      expect(handlingKey(key('1', 'Digit1', more))).toBeUndefined();
      expect(handlingKey(key('d', 'KeyD', more))).toBeUndefined();
    }
    expect(handlingKey(key('!', 'Digit1', { shiftKey: true }))).toBeUndefined();
  });

  it('is none of the keys of the wall, but Escape, which first ends what was begun', () => {
    const all = 'abcdefghijklmnopqrstuvwxyz'
      .split('')
      .map((letter) => key(letter, `Key${letter.toUpperCase()}`));
    const digits = '0123456789'.split('').map((digit) => key(digit, `Digit${digit}`));
    const clash = [...all, ...digits].filter(
      (pressed) => keyCommand(pressed) !== undefined && handlingKey(pressed) !== undefined,
    );
    expect(clash).toEqual([]);
    expect(handlingKey(key('Escape', 'Escape'))).toBe('leave');
  });
});
