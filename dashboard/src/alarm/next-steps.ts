import type { AlarmView } from '@carebell/contracts/alarm-view.ts';

/** What the hub does about an alarm by itself, and what is due from people. */
const nextStepNames = [
  'display',
  'step',
  'answered',
  'acknowledgement',
  'reminder',
  'on-site',
  'call-back',
  'closed',
] as const;
export type NextStep = { what: (typeof nextStepNames)[number]; atMs: number };

/** What happens next with an open alarm and when, the soonest first. */
export function nextSteps(
  alarm: Pick<AlarmView, 'phase' | 'escalation' | 'displayedAt' | 'displayDeadlineAt' | 'callBack'>,
): NextStep[] {
  if (alarm.phase === 'closed') return [];
  const { escalation } = alarm;
  const due: [NextStep['what'], string | null | undefined][] = [
    ['display', alarm.displayedAt === null ? alarm.displayDeadlineAt : null],
    ['step', escalation?.nextStepAt],
    ['answered', escalation?.answerDueAt],
    ['acknowledgement', escalation?.acknowledgementExpiresAt],
    ['reminder', escalation?.remindAt],
    ['on-site', escalation?.onSiteDueAt],
    ['call-back', alarm.callBack?.dueAt],
    ['closed', escalation?.closeDueAt],
  ];
  return due
    .flatMap(([what, at]) => (at === null || at === undefined ? [] : [{ what, atMs: Date.parse(at) }]))
    .toSorted((a, b) => a.atMs - b.atMs);
}
