import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { EscalationTier } from '@carebell/contracts/visits.ts';
import { instant } from '../clock.ts';
import { maskName } from '../identity/masking.ts';
import { alarmWords } from '../notification/alarm-words.ts';
import type { ChannelMessage } from '../notification/channel.ts';
import type { MessageOrder } from '../notification/compose-message.ts';
import type { DigestContents } from './digest-store.ts';

/** So many residents are named; the others stand in the list. */
export const namedAtMost = 5;

type Words = {
  visits: (visits: number, residents: number) => string;
  since: (day: string) => string;
  others: (count: number) => string;
  look: string;
};

const wordsIn: Record<NotificationLocale, Words> = {
  'zh-CN': {
    visits: (visits, residents) => `${residents} 位老人的 ${visits} 次探访`,
    since: (day) => `${day}起逾期`,
    others: (count) => `另有 ${count} 位`,
    look: '查看名单',
  },
  en: {
    visits: (visits, residents) =>
      `${visits} ${visits === 1 ? 'visit' : 'visits'} of ${residents} ${residents === 1 ? 'resident' : 'residents'}`,
    since: (day) => `since ${day}`,
    others: (count) => `and ${count} more`,
    look: 'See the list',
  },
};

/** How many visits are overdue, since when, and of whom, by no more of the name than tells two cases apart. */
export function composeDigest(
  { notificationId, purpose, recipient, address, urgency }: MessageOrder,
  digest: DigestContents,
  hub: { publicUrl: string; timeZone: string; locale: NotificationLocale },
): ChannelMessage {
  const locale = recipient.locale ?? hub.locale;
  const words = wordsIn[locale];
  const date = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: hub.timeZone });
  const day = (atMs: number): string => date.format(new Date(atMs));
  const { id, organisationId, organisationName, visits, residents, sinceMs, longest } = digest;
  const link = `${hub.publicUrl}/visits?show=${shownAt[digest.tier]}`;
  const what = `${alarmWords[locale].purposes[purpose]}${organisationName} · ${words.visits(visits, residents)}`;
  const since = words.since(day(sinceMs));
  const others = residents - longest.length;
  const names = [
    ...longest.map(({ name }) => maskName(name)),
    ...(others > 0 ? [words.others(others)] : []),
  ].join(locale === 'en' ? ', ' : '、');
  const lines = [
    `${what} · ${since}`,
    ...longest.map((one) => `${maskName(one.name)} · ${one.stationName} · ${words.since(day(one.sinceMs))}`),
    ...(others > 0 ? [words.others(others)] : []),
    `${words.look}: ${link}`,
  ];
  return {
    id: notificationId,
    address,
    locale,
    title: `${alarmWords[locale].product} ${what}`,
    text: lines.join('\n'),
    short: `${what} · ${since}: ${names} ${link}`,
    link,
    urgency,
    alarm: {
      id,
      kind: purpose,
      priority: 'service',
      pressedAt: instant(digest.madeAtMs),
      stationId: organisationId,
    },
  };
}

/** What the list of visits shows then. */
const shownAt: Record<EscalationTier, string> = {
  station: 'overdue',
  street: 'street',
  district: 'district',
};
