import { describe, expect, it } from 'vitest';
import { nextDeadline } from './deadline.ts';

const pressed = Date.parse('2026-03-14T03:00:00Z');
const raised = {
  phase: 'raised',
  priority: 'emergency',
  pressedAt: '2026-03-14T03:00:00Z',
  raisedAt: '2026-03-14T03:00:00Z',
  displayedAt: '2026-03-14T03:00:01Z',
  displayDeadlineAt: null,
  acknowledgedAt: null,
} as const;
const answered = { ...raised, phase: 'acknowledged', acknowledgedAt: '2026-03-14T03:00:30Z' } as const;
const escalation = {
  policy: 'x',
  stepsDone: 1,
  nextStepAt: null,
  isAcknowledgementExpired: false,
  acknowledgementExpiresAt: '2026-03-14T03:05:30Z',
  remindAt: null,
  answerDueAt: null,
  onSiteDueAt: '2026-03-14T03:15:00Z',
  closeDueAt: null,
  missed: [],
  fall: null,
};

describe('the next deadline of an alarm', () => {
  it.each([
    [0, 60_000, 1],
    [45_000, 15_000, 0.25],
    [90_000, -30_000, 0],
    [-3_600_000, 3_660_000, 1],
  ])('is the answer, %d ms after the press in %d ms', (sincePress, leftMs, share) => {
    expect(nextDeadline(raised, pressed + sincePress)).toEqual({ kind: 'answer', leftMs, share });
  });

  it('is the display while no screen has shown it and that comes sooner', () => {
    const unseen = { ...raised, displayedAt: null, displayDeadlineAt: '2026-03-14T03:00:05Z' };
    expect(nextDeadline(unseen, pressed + 2_000)).toEqual({ kind: 'display', leftMs: 3_000, share: 0.6 });
  });

  it('is none once somebody has it, and none for equipment', () => {
    expect(nextDeadline({ ...raised, phase: 'acknowledged' }, pressed)).toBeUndefined();
    expect(nextDeadline({ ...raised, priority: 'technical' }, pressed)).toBeUndefined();
  });

  it.each([
    [150_000, 'on-site', 750_000],
    [240_000, 'acknowledgement', 90_000],
    [340_000, 'acknowledgement', -10_000],
  ])('is, %d ms after the press and once answered, %s in %d ms', (sincePress, kind, leftMs) => {
    expect(nextDeadline({ ...answered, escalation }, pressed + sincePress)).toMatchObject({ kind, leftMs });
  });

  it('is the call-back that its owner wants, when that comes first or is due', () => {
    const user = { id: 'li', displayName: 'Li' };
    const callBack = { dueAt: '2026-03-14T03:05:00Z', isDue: false, user, note: '' };
    const asked = { ...answered, callBack };
    expect(nextDeadline(asked, pressed + 60_000)).toMatchObject({ kind: 'call-back', leftMs: 240_000 });
    expect(nextDeadline(asked, pressed + 360_000)).toMatchObject({ kind: 'call-back', leftMs: -60_000 });
  });

  it('is long past for an alarm that was reported late', () => {
    expect(nextDeadline({ ...raised, raisedAt: '2026-03-14T04:00:00Z' }, pressed + 3_600_000)?.share).toBe(0);
  });
});
