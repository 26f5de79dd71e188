import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import { useArrivals } from '../alarm/use-arrivals.ts';
import { useWhose } from '../alarm/whose.ts';
import { useSettings } from '../app/settings.ts';
import { useWorkplace } from '../app/workplace.ts';

/** A burst of alarms must not bury the desktop; the window says how many wait. */
const shownAtOnce = 3;

/** Tells of grave alarms on the desktop while this window is not the one being looked at. */
export function NotificationFollower() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { notifier, settings } = useWorkplace();
  const { doesNotify } = useSettings(settings);
  const { alarms } = useAlarmDesk();
  const whose = useWhose();
  useArrivals(alarms, (arrived) => {
    if (!doesNotify || document.hasFocus()) return;
    const grave = arrived.filter(({ priority }) => priority === 'emergency' || priority === 'urgent');
    for (const alarm of grave.slice(0, shownAtOnce)) {
      const { name, address } = whose(alarm);
      notifier.show({
        tag: alarm.id,
        title: `${alarm.drillId === undefined ? '' : `${t('mark.drill')} · `}${alarm.testId === undefined ? '' : `${t('mark.test')} · `}${t(`priority.${alarm.priority}`)} · ${t(`kind.${alarm.kind}`)} · ${name}`,
        body: address,
        onOpen: () => {
          window.focus();
          void navigate(`/alarms/${alarm.id}`);
        },
      });
    }
  });
  return null;
}
