import { expect, it } from 'vitest';
import { hoursText } from './hours-text.ts';

it('says days that follow each other as one span', () => {
  const workdays = { weekdays: [5, 1, 2, 3, 4], from: '08:00', until: '18:00' };
  const others = { weekdays: [1, 3, 6, 7], from: '09:00', until: '12:00' };
  expect(hoursText([workdays], 'zh-CN')).toBe('周一–周五 08:00–18:00');
  expect(hoursText([workdays, others], 'en')).toBe('Mon–Fri 08:00–18:00 · Mon Wed Sat Sun 09:00–12:00');
  expect(hoursText([], 'en')).toBe('');
});
