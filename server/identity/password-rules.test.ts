import { expect, it } from 'vitest';
import { passwordFault } from './password-rules.ts';

const li = { name: 'li.wei', displayName: '李伟' };

it.each([
  ['short', 'too-short'],
  ['elevenchars', 'too-short'],
  ['passwordpassword', 'too-common'],
  ['P@ssw0rd1234', 'too-common'],
  ['Welcome2026!!', 'too-common'],
  ['123456789012', 'too-common'],
  ['210987654321', 'too-common'],
  ['aaaaaaaaaaaaaaa', 'too-common'],
  ['abcabcabcabc', 'too-common'],
  ['qwertyuiop12', 'too-common'],
  ['1qaz2wsx3edc', 'too-common'],
  ['carebell-2026', 'too-common'],
  ['woaini1314520', 'too-common'],
  ['li.wei198412', 'holds-name'],
  ['李伟李伟李伟李伟2026年', 'holds-name'],
  ['zhongxin gongyuan de shu', undefined],
  ['7 Kraniche im Nebel', undefined],
  ['a long enough password', undefined],
  ['k9Fq-2mZx-77Lp', undefined],
  ['li.wei reist nach Chengdu', undefined],
])('the password "%s" is %s', (password, fault) => {
  expect(passwordFault(password, li)).toBe(fault);
});
