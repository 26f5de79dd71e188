import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import { describe, expect, it } from 'vitest';
import { missesOf } from './misses.ts';

const pressed = Date.parse('2026-03-14T03:00:00Z');
const instant = (afterMs: number) => new Date(pressed + afterMs).toISOString();

function alarm(id: string, change: object, deadlines: ('answered' | 'on-site' | 'closed')[]) {
  return alarmViewSchema.parse({
    id,
    kind: 'help',
    priority: 'emergency',
    phase: 'raised',
    isStored: true,
    isLate: false,
    pressedAt: instant(0),
    raisedAt: instant(0),
    lastPressedAt: instant(0),
    presses: 1,
    cancelledAt: null,
    displayedAt: null,
    acknowledgedAt: null,
    owner: null,
    closedAt: null,
    disposition: null,
    audience: 'station',
    displayDeadlineAt: null,
    residentId: null,
    residentName: null,
    residentPhone: null,
    address: null,
    dwellingId: null,
    deviceId: 'd',
    deviceName: null,
    isDeviceRegistered: true,
    stationId: null,
    stationName: null,
    version: 1,
    cursor: 1,
    escalation: {
      policy: 'x',
      stepsDone: 1,
      nextStepAt: null,
      isAcknowledgementExpired: false,
      acknowledgementExpiresAt: null,
      remindAt: null,
      answerDueAt: null,
      onSiteDueAt: null,
      closeDueAt: null,
      missed: deadlines.map((deadline) => ({ deadline, reason: 'not-answered', dueAt: instant(60_000) })),
      fall: null,
    },
    ...change,
  });
}

describe('what missed a deadline', () => {
  it('is overdue until now while nobody has met it', () => {
    const [miss] = missesOf([alarm('a', {}, ['answered'])], pressed + 90_000);
    expect(miss).toMatchObject({ byMs: 30_000, isMetLate: false, reason: 'not-answered' });
  });

  it('was late by as much as it was met after it', () => {
    const answered = { phase: 'acknowledged', acknowledgedAt: instant(75_000) };
    const [miss] = missesOf([alarm('a', answered, ['answered'])], pressed + 900_000);
    expect(miss).toMatchObject({ byMs: 15_000, isMetLate: true });
  });

  it('stands in the order of what is worst', () => {
    const answered = { phase: 'acknowledged', acknowledgedAt: instant(800_000) };
    const later = { pressedAt: instant(0) };
    const misses = missesOf(
      [alarm('met', answered, ['answered', 'on-site']), alarm('waits', later, ['closed'])],
      pressed + 900_000,
    );
    expect(misses.map(({ isMetLate }) => isMetLate)).toEqual([false, false, true]);
  });
});
