import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import { reasonSentence } from '@carebell/contracts/detection-sentence.ts';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { clearedText } from './cleared-text.ts';
import { handlingText, isHandlingEntry, proofText } from './handling-step-text.ts';
import { escalationText } from './escalation-step-text.ts';

/** One step of a time line in words. */
export function useStepText(): (entry: TimelineEntry) => string {
  const { t, i18n } = useTranslation();
  const { session } = useSession();
  return (entry) => {
    let text: string;
    switch (entry.step) {
      case 'raised':
        text = t('step.raised', { kind: t(`kind.${entry.kind}`) });
        if (entry.isLate) text = `${text} (${t('step.late')})`;
        break;
      case 'lifted':
        text = t('step.lifted', { kind: t(`kind.${entry.kind}`) });
        break;
      case 'displayed':
      case 'acknowledged':
      case 'taken-as-real':
      case 'device-entered':
      case 'reopened':
        text = t(`step.${entry.step}`, { user: entry.user.displayName });
        break;
      case 'taken-over':
        text = t('step.taken-over', { user: entry.user.displayName, from: entry.from.displayName });
        break;
      case 'audience-widened':
        text = t('step.audience-widened', { audience: t(`audience.${entry.audience}`) });
        break;
      case 'closed':
        text = t('step.closed', {
          user: entry.user.displayName,
          disposition: t(`disposition.${entry.disposition}`),
        });
        if (entry.proof !== undefined) text = `${text} · ${proofText(t, entry.proof)}`;
        break;
      case 'reassurance-queued':
      case 'reassurance-shown':
        text = t(`step.${entry.step}`, { state: t(`reassurance.${entry.state}`) });
        break;
      case 'reassurance-failed':
        text = t('step.reassurance-failed', { state: t(`reassurance.${entry.state}`), reason: entry.reason });
        break;
      case 'notification-queued':
        text = t('step.notification-queued', { person: entry.recipient.displayName });
        break;
      case 'notification-accepted':
      case 'notification-delivered':
        text = t(`step.${entry.step}`, {
          person: entry.recipient.displayName,
          channel: t(`channel.${entry.channel}`),
        });
        break;
      case 'notification-failed':
        text = t('step.notification-failed', {
          person: entry.recipient.displayName,
          channel: t(`channel.${entry.channel}`),
          reason: t(`not-notified.${entry.reason}`),
        });
        break;
      case 'notification-gave-up':
        text = t('step.notification-gave-up', {
          person: entry.recipient.displayName,
          reason: t(`not-notified.${entry.reason}`),
        });
        break;
      case 'responder-reported':
        text = t(`responder.${entry.report}`, { person: entry.responder.displayName });
        break;
      case 'noticed':
        text = t('step.noticed', {
          reason: reasonSentence(entry.reason, i18n.language === 'en' ? 'en' : 'zh-CN', session.hub.timeZone),
        });
        break;
      case 'activity-seen':
      case 'later-event':
        text = t(`step.${entry.step}`, { time: dayAndTime(entry.happenedAt, session.hub.timeZone) });
        break;
      case 'pressed-again':
        text = t(`step.${entry.step}`);
        break;
      case 'cancelled-by-resident':
        text = clearedText(t, entry.eventKind) ?? t(`step.${entry.step}`);
        break;
      default:
        text = isHandlingEntry(entry)
          ? handlingText(t, entry, { language: i18n.language, timeZone: session.hub.timeZone })
          : escalationText(t, entry);
    }
    return text;
  };
}
