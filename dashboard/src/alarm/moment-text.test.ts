import { alarmKindNames } from '@carebell/contracts/alarm-kinds.ts';
import { expect, it } from 'vitest';
import { momentText } from './moment-text.ts';

it('says “pressed” of what a person calls for, and “happened” of everything that a sensor or the hub reports', () => {
  const pressed = alarmKindNames.filter((kind) => momentText(kind) === 'queue.pressedAt');
  expect(pressed).toEqual(['help', 'registration', 'taxi', 'meal', 'advice']);
});
