import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { reasonSentence } from '@carebell/contracts/detection-sentence.ts';
import type { NotificationLocale, NotificationPurpose } from '@carebell/contracts/notifications.ts';
import { absenceText } from './absence-words.ts';
import { alarmWords } from './alarm-words.ts';
import { screensDevicePrefix } from '../supervision/screens-works.ts';
import type { ChannelMessage } from './channel.ts';

export type MessageOrder = {
  notificationId: string;
  purpose: NotificationPurpose;
  recipient: { locale: NotificationLocale | null; isResponder: boolean };
  address: string;
  urgency: number;
};

/**
 * The message in the recipient's language, with no more of the resident than this recipient needs: who is asked to go
 * there gets the address and the link, everyone else the name and what happened.
 */
export function composeMessage(
  { notificationId, purpose, recipient, address, urgency }: MessageOrder,
  alarm: AlarmView,
  hub: { link: string | null; timeZone: string; locale: NotificationLocale },
): ChannelMessage {
  const { link, timeZone } = hub;
  const locale = recipient.locale ?? hub.locale;
  const words = alarmWords[locale];
  const kind = words.kinds[alarm.kind] ?? alarm.kind;
  const who = alarm.residentName ?? thingOf(alarm, locale);
  const priority = words.priorities[alarm.priority] ?? alarm.priority;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(
    new Date(alarm.pressedAt),
  );
  const isAsked = recipient.isResponder && purpose !== 'all-clear';
  const ownLink = isAsked ? link : null;
  const drill = `${alarm.drillId === undefined ? '' : words.drill}${alarm.testId === undefined ? '' : words.testMode}`;
  const what = `${drill}${words.purposes[purpose]}${who} ${kind}`;
  const absence = isAsked && alarm.absence ? absenceText(alarm.absence, locale, timeZone) : null;
  // What a resident did and did not do at home is told to whoever is to go there, and to nobody else.
  const reason = isAsked && alarm.reason ? reasonSentence(alarm.reason, locale, timeZone) : null;
  const lines = [
    what,
    `${words.pressedAt}: ${time}`,
    ...(reason === null ? [] : [reason]),
    ...(absence === null ? [] : [absence]),
    ...(isAsked && alarm.address !== null ? [`${words.address}: ${alarm.address}`] : []),
    ...(ownLink === null ? [] : [`${words.open}: ${ownLink}`]),
  ];
  const { id, kind: kindName, priority: priorityName, pressedAt, stationId } = alarm;
  return {
    id: notificationId,
    address,
    locale,
    title: `${words.product} ${priority}: ${what}`,
    text: lines.join('\n'),
    short: [
      `${priority}: ${what} ${time}`,
      absence ?? '',
      ...(isAsked ? [alarm.address ?? '', ownLink ?? ''] : []),
    ]
      .filter((part) => part !== '')
      .join(' '),
    link: ownLink,
    urgency,
    alarm: { id, kind: kindName, priority: priorityName, pressedAt, stationId },
  };
}

/** What an alarm is about that names no resident: a device, the screens of a station, or the hub itself. */
function thingOf(
  { deviceName, deviceId, stationName, priority }: AlarmView,
  locale: NotificationLocale,
): string {
  const words = alarmWords[locale];
  if (priority !== 'technical') return deviceName ?? words.nobodyKnown;
  if (deviceId === 'hub') return words.hub;
  const name = deviceId.startsWith(screensDevicePrefix) ? words.screens : (deviceName ?? words.nobodyKnown);
  return stationName === null ? name : `${stationName} ${name}`;
}

/** What an administrator sends to see whether a channel works. It names nobody. */
export function composeTest(
  { id, address, locale }: { id: string; address: string; locale: NotificationLocale },
  nowIso: string,
): ChannelMessage {
  const words = alarmWords[locale];
  return {
    id,
    address,
    locale,
    title: `${words.product}: ${words.testTitle}`,
    text: words.test,
    short: words.test,
    link: null,
    urgency: 3,
    alarm: { id: 'test', kind: 'test', priority: 'technical', pressedAt: nowIso, stationId: null },
  };
}
