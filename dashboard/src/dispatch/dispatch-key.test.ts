import { expect, it } from 'vitest';
import { dispatchKey } from './dispatch-key.ts';

const pressed = (key: string, more = {}) => ({
  key,
  code: '',
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...more,
});

it.each([
  [pressed('1'), { person: 1 }],
  [pressed('9'), { person: 9 }],
  [pressed('0'), 'otherwise'],
  [pressed('p'), 'by-phone'],
  [pressed('Process', { code: 'KeyP' }), 'by-phone'],
  [pressed('Process', { code: 'Digit2' }), { person: 2 }],
  [pressed('1', { repeat: true }), undefined],
  [pressed('p', { ctrlKey: true }), undefined],
  [pressed('Escape'), undefined],
  [pressed('n'), undefined],
])('%j means %j', (key, meaning) => {
  expect(dispatchKey(key)).toEqual(meaning);
});
