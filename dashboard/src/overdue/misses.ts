import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { EscalationView } from '@carebell/contracts/escalation-steps.ts';

export type Miss = EscalationView['missed'][number] & {
  alarm: AlarmView;
  /** How long after the deadline it was met, or has not been met until now. */
  byMs: number;
  isMetLate: boolean;
};

/** Every missed deadline of these alarms, what is still unmet first, and of those the longest overdue. */
export function missesOf(alarms: readonly AlarmView[], hubNow: number): Miss[] {
  return alarms
    .flatMap((alarm) =>
      (alarm.escalation?.missed ?? []).map((missed): Miss => {
        const metAt = metAtOf(alarm, missed.deadline);
        const byMs = (metAt === undefined ? hubNow : Date.parse(metAt)) - Date.parse(missed.dueAt);
        return { ...missed, alarm, byMs: Math.max(0, byMs), isMetLate: metAt !== undefined };
      }),
    )
    .toSorted((a, b) => Number(a.isMetLate) - Number(b.isMetLate) || b.byMs - a.byMs);
}

function metAtOf(alarm: AlarmView, deadline: Miss['deadline']): string | undefined {
  switch (deadline) {
    case 'answered':
      return alarm.phase === 'raised' ? undefined : (alarm.acknowledgedAt ?? undefined);
    case 'on-site':
      return alarm.responders?.find(({ report }) => report === 'on-site' || report === 'done')?.at;
    case 'closed':
      return alarm.closedAt ?? undefined;
  }
}
