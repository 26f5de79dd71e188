import { describe, expect, it } from 'vitest';
import { phoneLink, spokenPhone } from './phone.ts';

describe('a phone number', () => {
  it.each([
    ['13816042217', '138 1604 2217'],
    ['138-1604-2217', '138 1604 2217'],
    ['02162598841', '021 6259 8841'],
    ['010-62598841', '010 6259 8841'],
    ['+86 21 6259 8841', '+86 21 6259 8841'],
    ['12345', '12345'],
  ])('%s is written as it is read aloud: %s', (phone, text) => {
    expect(spokenPhone(phone)).toBe(text);
  });

  it('is dialled without what stands between the digits', () => {
    expect(phoneLink('+86 (21) 6259-8841')).toBe('tel:+862162598841');
  });
});
