import { expect, it } from 'vitest';
import { takesTextMessages } from './text-number.ts';

it.each(['13900001234', '139 0000 1234', '+86 139-0000-1234', '0086 13900001234', '+852 9123 4567'])(
  'a text message reaches %s',
  (phone) => {
    expect(takesTextMessages(phone)).toBe(true);
  },
);

it.each([
  '010 6512 3456',
  '0531-8765 4321',
  '(0531) 87654321',
  '87654321',
  '+86 010 65123456',
  '400 820 8820',
  '95588',
  '120',
])('no text message reaches %s', (phone) => {
  expect(takesTextMessages(phone)).toBe(false);
});
