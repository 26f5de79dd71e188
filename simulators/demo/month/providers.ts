import type { ServicesBody } from '@carebell/contracts/service-catalogue.ts';
import type { ServiceKind } from '@carebell/contracts/service-kinds.ts';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import { demoServices } from '../demo-services.ts';
import { localDate, localHour } from '../past/local-day.ts';
import { lookByLink, pressByLink } from './far-messages.ts';
import type { Phones } from './far-messages.ts';
import type { ProviderDeed } from './request-course.ts';

export type Providers = {
  /** Whom a station asks for this service: one after the other. */
  whom(kind: ServiceKind, attempt: number): string;
  /** Opens the link of the message that was sent for this offer, and presses what the deed says; `false` if the page does not offer that. */
  answer(offerId: string, deed: ProviderDeed): Promise<boolean>;
  /** The living demo has nobody at these telephones. */
  leave(): Promise<void>;
};

const anything = z.unknown();
const minuteMs = 60_000;
/** When a provider comes who says when. */
const comesInMs = 40 * minuteMs;

/** The providers of services, each with a telephone that is sent messages as long as the month lasts. */
export async function openProviders(ports: {
  admin: ApiClient;
  phones: Phones;
  districts: readonly string[];
  nowMs: () => number;
  timeZone: string;
}): Promise<Providers> {
  const { admin, phones, districts, nowMs, timeZone } = ports;
  async function enter(services: ServicesBody['services']): Promise<void> {
    for (const id of districts) await admin.put(`/organisations/${id}/services`, { services }, anything);
  }
  let telephones = 0;
  await enter(
    demoServices.map((service) => ({
      ...service,
      providers: (service.providers ?? []).map((provider) => {
        telephones += 1;
        return { ...provider, addresses: [{ kind: 'sms', address: providerMobile(telephones) }] };
      }),
    })),
  );

  /** As the field of the page has it: by the clock on the wall, to the minute. */
  function wallTime(atMs: number): string {
    const hour = localHour(atMs, timeZone);
    const minute = Math.floor((hour % 1) * 60);
    const two = (number: number): string => String(number).padStart(2, '0');
    return `${localDate(atMs, timeZone)}T${two(Math.floor(hour))}:${two(minute)}`;
  }

  return {
    whom(kind, attempt) {
      const own = demoServices.find((service) => service.kind === kind)?.providers ?? [];
      return own[attempt % own.length]?.id ?? '';
    },
    async answer(offerId, deed) {
      const link = phones.offerLink(offerId);
      if (link === undefined) return false;
      const said = {
        'provider-accepts': { report: 'accepted' },
        'provider-refuses': { report: 'refused', reason: 'no-capacity' },
        'provider-sets-time': { report: 'arranged', at: wallTime(nowMs() + comesInMs) },
        'provider-gives-back': { report: 'refused' },
        'provider-done': { report: 'done' },
      }[deed];
      const page = await lookByLink(link);
      if (!page.includes(`value="${said.report}"`)) return false;
      await pressByLink(link, said);
      return true;
    },
    leave: () => enter(demoServices),
  };
}

/** Invented, as those of the responders. */
function providerMobile(number: number): string {
  return `139000091${String(number).padStart(2, '0')}`;
}
