import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { responderReports } from '@carebell/contracts/notifications.ts';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import { absenceText } from './absence-words.ts';
import { alarmWords } from './alarm-words.ts';
import { phoneDocument, safe } from './phone-document.ts';

export type ResponderView = {
  locale: NotificationLocale;
  alarm: AlarmView;
  /** Who looks at the page. */
  responderId: string;
  /** How to get in, as it is entered for the dwelling. */
  access: string;
  timeZone: string;
};

/**
 * The page of one responder and one alarm: a document of a few KiB, with forms for buttons and neither script, font nor
 * picture. It shows how to get in only while the alarm is open and this responder has taken it.
 */
export function responderPage({ locale, alarm, responderId, access, timeZone }: ResponderView): string {
  const words = alarmWords[locale];
  const { page } = words;
  const drill = `${alarm.drillId === undefined ? '' : words.drill}${alarm.testId === undefined ? '' : words.testMode}`;
  const kind = `${drill}${words.kinds[alarm.kind] ?? alarm.kind}`;
  const who = alarm.residentName ?? words.nobodyKnown;
  const isOpen = alarm.phase !== 'closed';
  const own = alarm.responders?.find(({ id }) => id === responderId)?.report;
  const hasTakenIt = own !== undefined && own !== 'done';
  const others = (alarm.responders ?? []).filter(({ id }) => id !== responderId);
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(alarm.pressedAt),
  );
  const parts = [
    `<p class="kind ${alarm.priority}">${safe(words.priorities[alarm.priority] ?? '')} · ${safe(kind)}</p>`,
    isOpen ? `<h1>${safe(who)}</h1>` : `<h1>${safe(page.closed)}</h1><p>${safe(page.closedText)}</p>`,
    `<p>${safe(time)}</p>`,
  ];
  if (isOpen) {
    if (alarm.absence)
      parts.push(`<p class="absent">${safe(absenceText(alarm.absence, locale, timeZone))}</p>`);
    if (alarm.address !== null) parts.push(field(words.address, alarm.address));
    if (hasTakenIt) parts.push(field(page.getIn, access === '' ? page.noNotes : access));
    else parts.push(`<p class="hint">${safe(page.takeFirst)}</p>`);
    if (hasTakenIt && alarm.residentPhone !== null) parts.push(callButton(page.call, alarm.residentPhone));
    const buttons = responderReports.map((report) => {
      const state = report === own ? ' aria-pressed="true" class="on"' : '';
      return `<button name="report" value="${report}"${state}>${safe(page.reports[report])}</button>`;
    });
    parts.push(`<form method="post">${buttons.join('')}</form>`);
  }
  if (others.length > 0) {
    const lines = others.map(
      ({ displayName, report }) => `<li>${safe(displayName)}: ${safe(page.said[report])}</li>`,
    );
    parts.push(`<h2>${safe(page.others)}</h2><ul>${lines.join('')}</ul>`);
  }
  // Pages that load themselves again confuse people who cannot see them, so looking again is a link.
  if (isOpen) parts.push(`<p><a href="">${safe(page.lookAgain)}</a></p>`);
  return phoneDocument(locale, `${kind} · ${who}`, parts.join('\n'));
}

/** A page that only says something: that a link is wrong, or that the hub could not record a press. */
export function plainPage(locale: NotificationLocale, what: 'wrongLink' | 'tooOften' | 'failed'): string {
  const { page } = alarmWords[locale];
  return phoneDocument(locale, page[what], `<h1>${safe(page[what])}</h1><p>${safe(page[`${what}Text`])}</p>`);
}

/** The language that a browser asks for first, of those that there are. */
export function localeOf(acceptLanguage: string | undefined): NotificationLocale {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh-CN';
}

function field(name: string, value: string): string {
  return `<h2>${safe(name)}</h2><p class="big">${safe(value)}</p>`;
}

function callButton(label: string, phone: string): string {
  return `<p><a class="call" href="tel:${safe(phone.replaceAll(/[^\d+]/g, ''))}">${safe(label)}</a></p>`;
}
