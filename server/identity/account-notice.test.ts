import { describe, expect, it } from 'vitest';
import { noticeOf } from './account-notice.ts';
import { composeAccountNotice } from './compose-account-notice.ts';

const atMs = Date.parse('2026-11-23T02:30:00Z');
const order = {
  notificationId: 'n-1',
  purpose: 'account-changed',
  recipient: { locale: 'en', isResponder: false },
  address: 'sun@example.org',
  urgency: 2,
} as const;

describe('a notice about an account', () => {
  it('is told by its identifier, and nothing else is one', () => {
    expect(noticeOf(`account.recovery-code-used.own.${atMs}.u1`)).toEqual({
      userId: 'u1',
      change: 'recovery-code-used',
      isOwnDoing: true,
      atMs,
    });
    for (const other of ['a-1', 'visits-2026-11-23-a', 'account.name.own.1.u1', 'account.password.own'])
      expect(noticeOf(other)).toBeUndefined();
  });

  it('says in the language of its reader what happened, when, and what to do; without a link', () => {
    const notice = { userId: 'u1', change: 'password', isOwnDoing: false, atMs } as const;
    const message = composeAccountNotice(order, notice, { timeZone: 'Asia/Shanghai', locale: 'zh-CN' });
    expect(message).toMatchObject({ title: 'Carebell Your account: your password was changed', link: null });
    expect(message.text.split('\n')).toEqual([
      'Your account: your password was changed',
      'Time: Nov 23, 2026, 10:30 AM',
      'Somebody who manages accounts did it. If you do not know why, tell an administrator at once.',
    ]);
  });
});
