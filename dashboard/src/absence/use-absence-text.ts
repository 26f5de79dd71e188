import type { AbsenceMark } from '@carebell/contracts/absence.ts';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';

/** Its kind and since when, for one line; and until when. */
export function useAbsenceText() {
  const { t } = useTranslation();
  const { session } = useSession();
  const time = (instant: string) => dayAndTime(instant, session.hub.timeZone).slice(0, 'MM-DD hh:mm'.length);
  return {
    time,
    since: ({ kind, from }: Pick<AbsenceMark, 'kind' | 'from'>) =>
      t('absence.since', { kind: t(`absence.kind.${kind}`), time: time(from) }),
    until: ({ until }: Pick<AbsenceMark, 'until'>) => t('absence.until', { time: time(until) }),
  };
}
