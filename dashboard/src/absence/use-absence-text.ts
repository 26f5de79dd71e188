import type { AbsenceMark } from '@carebell/contracts/absence.ts';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';

/** Its kind and since when, for one line; and until when. */
export function useAbsenceText() {
  const { t } = useTranslation();
  const { session } = useSession();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const time = (instant: string) => dayAndTime(instant, session.hub.timeZone).slice(0, 'MM-DD hh:mm'.length);
  return {
    time,
    /** As short as it can be for a row of the wall: the day, or of today the time. */
    sinceShort: ({ kind, from }: Pick<AbsenceMark, 'kind' | 'from'>) => {
      const [day, hour] = time(from).split(' ');
      const isToday = time(new Date(hubNow).toISOString()).startsWith(`${day} `);
      return t('absence.since', { kind: t(`absence.kind.${kind}`), time: isToday ? hour : day });
    },
    since: ({ kind, from }: Pick<AbsenceMark, 'kind' | 'from'>) =>
      t('absence.since', { kind: t(`absence.kind.${kind}`), time: time(from) }),
    until: ({ until }: Pick<AbsenceMark, 'until'>) => t('absence.until', { time: time(until) }),
  };
}
