import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import { describe, expect, it } from 'vitest';
import { nextSteps } from './next-steps.ts';
import { toldPeople } from './told-people.ts';

const at = '2026-03-14T03:00:00Z';
const of = (notificationId: string) => ({
  seq: 1,
  at,
  notificationId,
  recipient: { id: 'li', displayName: '李' },
  channel: 'sms' as const,
  attempt: 1,
});
const queued = (id: string): TimelineEntry => ({
  ...of(id),
  step: 'notification-queued',
  stepKey: 'k',
  purpose: 'help-needed',
  channels: ['sms', 'e-mail'],
});
const failed = (id: string): TimelineEntry => ({
  ...of(id),
  step: 'notification-failed',
  reason: 'timed-out',
  next: 'again',
});
const delivered = (id: string): TimelineEntry => ({ ...of(id), step: 'notification-delivered' });
const gaveUp = (id: string): TimelineEntry => ({
  ...of(id),
  step: 'notification-gave-up',
  reason: 'unreachable',
  attempts: 3,
});

describe('who was told', () => {
  it.each([
    ['waits until the first attempt', [queued('a')], 'waiting', null],
    ['has it once it was delivered', [queued('a'), failed('a'), delivered('a')], 'delivered', null],
    ['keeps it when an earlier attempt fails late', [delivered('a'), failed('a')], 'delivered', null],
    ['is tried again after a failure', [queued('a'), failed('a')], 'failed', 'timed-out'],
    ['was not reached at all', [failed('a'), gaveUp('a')], 'given-up', 'unreachable'],
  ] as const)('%s', (_, timeline, is, reason) => {
    expect(toldPeople(timeline)).toMatchObject([{ person: '李', is, reason, channel: 'sms' }]);
  });

  it('is told of once for each notification', () => {
    expect(toldPeople([queued('a'), queued('b'), delivered('a')])).toHaveLength(2);
  });
});

describe('who was asked to go there', () => {
  const user = { id: 'op', displayName: '周' };
  const responder = { id: 'li', displayName: '李' };
  const asked = (way: 'link' | 'phone' | 'practised', notificationId: string | null): TimelineEntry => ({
    seq: 7,
    at,
    step: 'responder-asked',
    user,
    responder,
    way,
    notificationId,
  });
  const reported = (report: 'taken' | 'on-site'): TimelineEntry => ({
    seq: 8,
    at,
    step: 'responder-reported',
    report,
    responder,
    notificationId: 'a',
  });
  const withdrawn: TimelineEntry = {
    seq: 9,
    at,
    step: 'link-withdrawn',
    user,
    responder,
    notificationId: 'a',
  };
  const link = [asked('link', 'a'), queued('a')];

  it.each([
    ['was sent a link', link, 'waiting', null],
    ['has it', [...link, delivered('a')], 'delivered', null],
    [
      'says from the phone how far they are',
      [...link, delivered('a'), reported('taken')],
      'delivered',
      'taken',
    ],
    ['is there', [...link, delivered('a'), reported('taken'), reported('on-site')], 'delivered', 'on-site'],
    ['comes no more', [...link, withdrawn, gaveUp('a')], 'withdrawn', null],
    ['was asked in a call', [asked('phone', null)], 'asked-by-phone', null],
    ['was asked in a drill', [asked('practised', null)], 'practised', null],
  ] as const)('%s', (_, timeline, is, report) => {
    expect(toldPeople(timeline)).toMatchObject([{ personId: 'li', is, report, by: '周' }]);
  });
});

describe('what happens next', () => {
  const escalation = {
    policy: 'x',
    stepsDone: 1,
    nextStepAt: '2026-03-14T03:00:30Z',
    isAcknowledgementExpired: false,
    acknowledgementExpiresAt: null,
    remindAt: null,
    answerDueAt: '2026-03-14T03:00:20Z',
    onSiteDueAt: null,
    closeDueAt: '2026-03-14T05:00:00Z',
    missed: [],
    fall: null,
  };

  it('is told in the order of time', () => {
    const alarm = { phase: 'raised', escalation, displayedAt: at, displayDeadlineAt: null } as const;
    expect(nextSteps(alarm).map(({ what }) => what)).toEqual(['answered', 'step', 'closed']);
  });

  it('is nothing once it is closed', () => {
    expect(nextSteps({ phase: 'closed', escalation, displayedAt: at, displayDeadlineAt: null })).toEqual([]);
  });
});
