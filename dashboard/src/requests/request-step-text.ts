import type { RequestTimelineEntry } from '@carebell/contracts/service-steps.ts';
import { useTranslation } from 'react-i18next';
import { useStepText } from '../alarm/step-text.ts';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';

/** A line of a request's time line in words. */
export function useRequestStepText(): (entry: RequestTimelineEntry) => string {
  const { t } = useTranslation();
  const { session } = useSession();
  const alarmStepText = useStepText();
  const time = (at: string): string => dayAndTime(at, session.hub.timeZone).slice(0, -3);
  const by = (user: { displayName: string } | null): string => user?.displayName ?? '—';

  return (entry) => {
    switch (entry.step) {
      case 'asked':
        return t(`request.step.asked-${entry.askedBy}`, { name: by(entry.user) });
      case 'pressed-again':
        return t('request.step.pressed-again');
      case 'taken':
      case 'released':
      case 'noted':
      case 'changed':
      case 'reopened':
        return t(`request.step.${entry.step}`, { name: by(entry.user) });
      case 'taken-over':
        return t('request.step.taken-over', { name: by(entry.user), from: entry.from.displayName });
      case 'resident-told':
        return t('request.step.resident-told', { what: t(`reassurance.${entry.state}`) });
      case 'resident-not-told':
        return t('request.step.resident-not-told', { what: t(`reassurance.${entry.state}`) });
      case 'offered':
        return t(entry.byPhone ? 'request.step.offered-phone' : 'request.step.offered', {
          name: by(entry.user),
          provider: entry.provider.name,
          time: time(entry.dueAt),
        });
      case 'offer-refused':
        return t('request.step.offer-refused', {
          provider: entry.provider.name,
          reason: t(`request.refusal.${entry.reason}`),
          way: t(`request.way.${entry.way}`),
        });
      case 'offer-lapsed':
        return t('request.step.offer-lapsed', { provider: entry.provider.name });
      case 'offer-withdrawn':
        return t('request.step.offer-withdrawn', { name: by(entry.user), provider: entry.provider.name });
      case 'arranged':
        return t('request.step.arranged', {
          who: entry.provider?.name ?? t('request.byStation'),
          way: entry.way === null ? by(entry.user) : t(`request.way.${entry.way}`),
          time: entry.for === null ? '' : time(entry.for),
        });
      case 'handed-over':
        return t('request.step.handed-over', {
          name: by(entry.user),
          to: entry.to.name,
          time: time(entry.dueAt),
        });
      case 'hand-over-accepted':
      case 'hand-over-declined':
        return t(`request.step.${entry.step}`, { name: by(entry.user), to: entry.to.name });
      case 'hand-over-lapsed':
        return t('request.step.hand-over-lapsed', { to: entry.to.name });
      case 'missed':
        return t('request.step.missed', { what: t(`request.due.${entry.clock}`), time: time(entry.dueAt) });
      case 'went-to-street':
        return t('request.step.went-to-street', { n: entry.number });
      case 'done':
        return t('request.step.done', {
          who: entry.user === null ? t(`request.way.${entry.way ?? 'link'}`) : by(entry.user),
        });
      case 'feedback':
        return t('request.step.feedback', { name: by(entry.user), score: entry.score });
      case 'refused':
        return t('request.step.refused', {
          name: by(entry.user),
          reason: t(`request.refuseReason.${entry.reason}`),
        });
      case 'cancelled':
        return t('request.step.cancelled', {
          name: by(entry.user),
          reason: t(`request.cancelReason.${entry.reason}`),
        });
      default:
        return alarmStepText(entry);
    }
  };
}
