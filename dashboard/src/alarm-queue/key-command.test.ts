import { describe, expect, it } from 'vitest';
import { isUndoKey, keyCommand } from './key-command.ts';

const plain = {
  key: '',
  code: '',
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
};

describe('the keys of the wall', () => {
  it.each([
    [{ key: 'ArrowDown' }, 'next'],
    [{ key: 'j', code: 'KeyJ' }, 'next'],
    [{ key: 'ArrowUp' }, 'previous'],
    [{ key: 'k', code: 'KeyK' }, 'previous'],
    [{ key: ']' }, 'next-open'],
    [{ key: '[' }, 'previous-open'],
    [{ key: 'ArrowLeft' }, 'previous-open'],
    [{ key: '】' }, 'next-open'],
    [{ key: 'a', code: 'KeyA' }, 'acknowledge'],
    [{ key: 'A', code: 'KeyA', shiftKey: true }, 'take-over'],
    [{ key: 'c', code: 'KeyC' }, 'close'],
    [{ key: 'm', code: 'KeyM' }, 'hush'],
    [{ key: 'r', code: 'KeyR' }, 'close-restored'],
    [{ key: 'Enter' }, 'open'],
    [{ key: 'Escape' }, 'leave'],
    [{ key: '?', code: 'Slash', shiftKey: true }, 'help'],
    [{ key: '？', code: 'Slash', shiftKey: true }, 'help'],
    [{ key: 'x', code: 'KeyX' }, undefined],
  ] as const)('read %o as %s', (pressed, command) => {
    expect(keyCommand({ ...plain, ...pressed })).toBe(command);
  });

  it('acknowledge with Caps Lock on, and do not take over', () => {
    expect(keyCommand({ ...plain, key: 'A', code: 'KeyA' })).toBe('acknowledge');
  });

  it('work while a Chinese input method holds the letters back', () => {
    expect(keyCommand({ ...plain, key: 'Process', code: 'KeyA' })).toBe('acknowledge');
  });

  it('follow the letter on the key, not its place, on another keyboard', () => {
    expect(keyCommand({ ...plain, key: 'q', code: 'KeyA' })).toBeUndefined();
  });

  it('leave the browser its own shortcuts', () => {
    expect(keyCommand({ ...plain, key: 'c', code: 'KeyC', ctrlKey: true })).toBeUndefined();
  });

  it('move on while an arrow is held down, but never acknowledge one alarm after another', () => {
    expect(keyCommand({ ...plain, key: 'ArrowDown', repeat: true })).toBe('next');
    expect(keyCommand({ ...plain, key: 'a', code: 'KeyA', repeat: true })).toBeUndefined();
  });
});

describe('the key that takes a closing back', () => {
  it.each([
    ['Z', { ...plain, key: 'z', code: 'KeyZ' }, true],
    ['Ctrl-Z', { ...plain, key: 'z', code: 'KeyZ', ctrlKey: true }, true],
    ['Z behind a Chinese input method', { ...plain, key: 'Process', code: 'KeyZ' }, true],
    ['not Z held down', { ...plain, key: 'z', code: 'KeyZ', repeat: true }, false],
    ['not Shift-Z', { ...plain, key: 'Z', code: 'KeyZ', shiftKey: true }, false],
    ['not another letter', { ...plain, key: 'a', code: 'KeyA' }, false],
  ])('is %s', (_, pressed, isUndo) => {
    expect(isUndoKey(pressed)).toBe(isUndo);
  });
});
