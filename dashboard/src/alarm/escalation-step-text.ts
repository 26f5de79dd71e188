import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { TFunction } from 'i18next';

export type EscalationEntry = Extract<
  TimelineEntry,
  {
    step:
      | 'escalated'
      | 'called'
      | 'acknowledgement-expired'
      | 'reminded'
      | 'deadline-missed'
      | 'noted'
      | 'contact-tried'
      | 'handed-over'
      | 'grace-began'
      | 'movement-seen'
      | 'fall-confirmed'
      | 'fall-not-confirmed'
      | 'still-lying';
  }
>;

/** The lines of escalation, handling and the life of a fall, in words. */
export function escalationText(t: TFunction, entry: EscalationEntry): string {
  switch (entry.step) {
    case 'escalated': {
      const groups = entry.groups.map((group) => t(`recipientGroup.${group}`)).join(', ');
      const { number } = entry;
      if (entry.people.length === 0) return t('step.escalatedToNobody', { number, groups });
      return t('step.escalated', { number, groups, people: names(entry.people) });
    }
    case 'called':
      return t(entry.because === 'again' ? 'step.called' : 'step.calledNext', {
        people: names(entry.people),
      });
    case 'acknowledgement-expired':
    case 'reminded':
    case 'noted':
      return t(`step.${entry.step}`, { user: entry.user.displayName });
    case 'deadline-missed':
      return t('step.deadline-missed', {
        deadline: t(`missedDeadline.${entry.deadline}`),
        reason: t(`missReason.${entry.reason}`),
      });
    case 'contact-tried':
      return t('step.contact-tried', {
        user: entry.user.displayName,
        contact: entry.contact.displayName,
        outcome: t(`contactOutcome.${entry.outcome}`),
      });
    case 'handed-over':
      return t('step.handed-over', {
        user: entry.user.displayName,
        from: entry.from.displayName,
        to: entry.to.displayName,
      });
    case 'fall-not-confirmed':
      return t('step.fall-not-confirmed', { because: t(`notFallen.${entry.because}`) });
    case 'grace-began':
      return t('step.grace-began', {
        seconds: Math.max(0, Math.round(between(entry.at, entry.until) / 1000)),
      });
    case 'still-lying':
      return t('step.still-lying', { minutes: Math.round(between(entry.since, entry.at) / 60_000) });
    case 'movement-seen':
    case 'fall-confirmed':
      return t(`step.${entry.step}`);
  }
}

function names(people: readonly { displayName: string }[]): string {
  return people.map(({ displayName }) => displayName).join(', ');
}

function between(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
