import type { NotificationLocale, NotificationPurpose } from '@carebell/contracts/notifications.ts';
import type { Service, ServiceText } from '@carebell/contracts/service-catalogue.ts';
import type { ServiceRequest } from '@carebell/contracts/service-requests.ts';
import type { ChannelMessage } from '../notification/channel.ts';
import { alarmWords } from '../notification/alarm-words.ts';
import { providerWords } from './provider-words.ts';

export type RequestMessageOrder = {
  notificationId: string;
  purpose: NotificationPurpose;
  recipient: { locale: NotificationLocale | null; isResponder: boolean };
  address: string;
  urgency: number;
};

/** The message about a request. A provider is told what is wanted and where, and not yet by whom: that stands behind the link. */
export function composeRequest(
  { notificationId, purpose, recipient, address, urgency }: RequestMessageOrder,
  request: ServiceRequest,
  service: Service,
  hub: { link: string; timeZone: string; locale: NotificationLocale },
): ChannelMessage {
  const locale = recipient.locale ?? hub.locale;
  const words = providerWords[locale];
  const time = (at: string): string => timeText(at, locale, hub.timeZone);
  const name = serviceName(service, locale);
  const isOffer = purpose === 'service-offered';
  const what = `${alarmWords[locale].purposes[purpose]}${name} · ${request.stationName ?? ''}`;
  const wished = `${words.wishedAt}: ${request.wishedAt === null ? words.asSoonAsPossible : time(request.wishedAt)}`;
  const answerUntil = isOffer ? (request.offer?.dueAt ?? null) : null;
  const lines = [
    what,
    wished,
    ...(answerUntil === null ? [] : [`${words.answerUntil}: ${time(answerUntil)}`]),
    ...(isOffer ? [`${words.open}: ${hub.link}`] : []),
  ];
  const { id, kind, askedAt, stationId, wishedAt } = request;
  return {
    id: notificationId,
    address,
    locale,
    title: `${words.product} ${what}`,
    text: lines.join('\n'),
    short: isOffer ? `${what} ${wished} ${hub.link}` : `${what} ${wished}`,
    link: isOffer ? hub.link : null,
    urgency,
    alarm: { id, kind, priority: 'service', pressedAt: askedAt, stationId },
    ...(recipient.isResponder ? { request: { id, kind, wishedAt, answerUntil } } : {}),
  };
}

export function serviceName({ name }: Service, locale: NotificationLocale): string {
  return textIn(name, locale);
}

/** In the other language where it is missing in this one. */
export function textIn(text: ServiceText, locale: NotificationLocale): string {
  return text[locale] === '' ? text[locale === 'en' ? 'zh-CN' : 'en'] : text[locale];
}

export function timeText(at: string, locale: NotificationLocale, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(at),
  );
}
