import { reasonShort } from '@carebell/contracts/reason-short.ts';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';
import type { ShownAlarm } from './pending-steps.ts';

/** Why a rule raised the alarm, where it stands among others; nothing for one that somebody raised. */
export function ReasonShort({ alarm, className }: { alarm: ShownAlarm; className: string }) {
  const { i18n } = useTranslation();
  const { timeZone } = useSession().session.hub;
  if (alarm.reason === undefined) return null;
  const text = reasonShort(alarm.reason, i18n.language === 'en' ? 'en' : 'zh-CN', timeZone);
  return (
    <span className={className} title={text} data-testid="reason-short">
      {text}
    </span>
  );
}
