import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import { useTranslation } from 'react-i18next';

/** One step of a time line in words. */
export function useStepText(): (entry: TimelineEntry) => string {
  const { t } = useTranslation();
  return (entry) => {
    switch (entry.step) {
      case 'raised': {
        const text = t('step.raised', { kind: t(`kind.${entry.kind}`) });
        return entry.isLate ? `${text} (${t('step.late')})` : text;
      }
      case 'lifted':
        return t('step.lifted', { kind: t(`kind.${entry.kind}`) });
      case 'displayed':
      case 'acknowledged':
        return t(`step.${entry.step}`, { user: entry.user.displayName });
      case 'taken-over':
        return t('step.taken-over', { user: entry.user.displayName, from: entry.from.displayName });
      case 'audience-widened':
        return t('step.audience-widened', { audience: t(`audience.${entry.audience}`) });
      case 'closed':
        return t('step.closed', {
          user: entry.user.displayName,
          disposition: t(`disposition.${entry.disposition}`),
        });
      case 'reassurance-queued':
      case 'reassurance-shown':
        return t(`step.${entry.step}`, { state: t(`reassurance.${entry.state}`) });
      case 'reassurance-failed':
        return t('step.reassurance-failed', { state: t(`reassurance.${entry.state}`), reason: entry.reason });
      case 'pressed-again':
      case 'cancelled-by-resident':
        return t(`step.${entry.step}`);
    }
  };
}
