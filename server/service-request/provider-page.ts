import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { Service } from '@carebell/contracts/service-catalogue.ts';
import { offerRefusals } from '@carebell/contracts/service-kinds.ts';
import type { ServiceRequest } from '@carebell/contracts/service-requests.ts';
import { phoneDocument, safe } from '../notification/phone-document.ts';
import { serviceName, textIn, timeText } from './compose-request.ts';
import { providerWords } from './provider-words.ts';

export type ProviderView = {
  locale: NotificationLocale;
  request: ServiceRequest;
  service: Service;
  offerId: string;
  /** This provider has accepted it. */
  hasAccepted: boolean;
  timeZone: string;
};

/** The page of one provider and one request: forms for buttons, and whom it is for once it is accepted. */
export function providerPage(view: ProviderView): string {
  const { locale, request, service, hasAccepted, timeZone } = view;
  const words = providerWords[locale];
  const name = serviceName(service, locale);
  const isAsked = request.offer?.id === view.offerId;
  const isOver = request.endedAt !== null || (!isAsked && !hasAccepted);
  const parts = [
    `<p class="kind">${safe(name)} · ${safe(request.stationName ?? '')}</p>`,
    isOver
      ? `<h1>${safe(words.over)}</h1><p>${safe(words.overText)}</p>`
      : `<h1>${safe(words.phases[request.phase])}</h1>`,
  ];
  if (!isOver) {
    const wished =
      request.wishedAt === null ? words.asSoonAsPossible : timeText(request.wishedAt, locale, timeZone);
    parts.push(field(words.wishedAt, wished));
    for (const asked of service.fields) {
      const said = request.details[asked.key] ?? '';
      const label = textIn(asked.label, locale);
      if (said !== '') parts.push(field(label, said));
    }
    if (request.note !== '') parts.push(field(words.note, request.note));
    parts.push(...(hasAccepted ? accepted(view) : asking(view)));
  }
  return phoneDocument(locale, name, parts.join('\n'));
}

function asking({ locale, request, timeZone }: ProviderView): string[] {
  const words = providerWords[locale];
  const reasons = offerRefusals.map(
    (reason) => `<option value="${reason}">${safe(words.refusals[reason])}</option>`,
  );
  return [
    ...(request.offer ? [field(words.answerUntil, timeText(request.offer.dueAt, locale, timeZone))] : []),
    `<p class="hint">${safe(words.acceptFirst)}</p>`,
    `<form method="post">${timeInput(words.at)}<button name="report" value="accepted">${safe(words.accept)}</button></form>`,
    `<form method="post"><p><label>${safe(words.reason)} <select name="reason">${reasons.join('')}</select></label></p>`,
    `<button name="report" value="refused">${safe(words.refuse)}</button></form>`,
  ];
}

function accepted({ locale, request, timeZone }: ProviderView): string[] {
  const words = providerWords[locale];
  const at = request.arranged?.for ?? null;
  const phone = request.residentPhone;
  return [
    field(words.name, request.residentName ?? ''),
    ...(request.address === null ? [] : [field(words.address, request.address)]),
    ...(phone === null
      ? []
      : [
          `<p><a class="call" href="tel:${safe(phone.replaceAll(/[^\d+]/g, ''))}">${safe(words.phone)}</a></p>`,
        ]),
    ...(at === null ? [] : [field(words.at, timeText(at, locale, timeZone))]),
    `<form method="post">${timeInput(words.at)}<button name="report" value="arranged">${safe(words.setTime)}</button></form>`,
    `<form method="post"><button name="report" value="done">${safe(words.done)}</button></form>`,
    `<form method="post"><button name="report" value="refused">${safe(words.giveBack)}</button></form>`,
  ];
}

function timeInput(label: string): string {
  return `<p><label>${safe(label)} <input type="datetime-local" name="at"></label></p>`;
}

function field(name: string, value: string): string {
  return `<h2>${safe(name)}</h2><p class="big">${safe(value)}</p>`;
}
