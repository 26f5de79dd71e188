import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import { offerRefusals, providerReports } from '@carebell/contracts/service-kinds.ts';
import { z } from 'zod';
import { zoneOffsetMs } from '../history/local-time.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Gate } from '../journal/gate.ts';
import { linkPage } from '../notification/link-pages.ts';
import type { LinkPagePorts } from '../notification/link-pages.ts';
import type { SecretKey } from '../notification/secret-key.ts';
import { serviceFor } from './services-in-force.ts';
import { providerPage } from './provider-page.ts';
import type { RequestReads } from './request-reads.ts';

export type ProviderRoutePorts = LinkPagePorts & {
  commit: Gate['commit'];
  requests: Pick<RequestReads, 'request' | 'timeline' | 'servicesAbove'>;
  timeZone: string;
  locale: NotificationLocale;
};

const pressed = z.object({
  report: z.enum(providerReports),
  reason: z.enum(offerRefusals).catch('other'),
  at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
    .optional()
    .catch(undefined),
});

/** The key by which links of providers are signed: one of a responder opens none of them. */
export function providerKey(key: SecretKey): SecretKey {
  return { ...key, sign: (_, text) => key.sign('provider-link', text) };
}

/** `/p/{token}`: what a provider sees and says, without a log-in. */
export function providerRoutes(ports: ProviderRoutePorts): RouteGroup {
  const { commit, requests, timeZone } = ports;
  const linkPorts = { ...ports, key: providerKey(ports.key) };
  return linkPage(linkPorts, {
    name: 'provider-page',
    path: '/p',
    isFor: () => true,
    async look({ id, alarmId, recipient }) {
      const request = await requests.request(alarmId);
      if (!request) return undefined;
      const above = request.stationId === null ? [] : await requests.servicesAbove(request.stationId);
      const service = serviceFor(
        request.kind,
        above.map(({ services }) => services),
      );
      return providerPage({
        locale: recipient.locale ?? ports.locale,
        request,
        service,
        offerId: id,
        hasAccepted: request.arranged?.provider?.id === recipient.id,
        timeZone,
      });
    },
    async press({ id }, body) {
      const said = pressed.safeParse(body);
      if (!said.success) return;
      const { report, reason, at } = said.data;
      const forMs = at === undefined ? null : wallMs(at, timeZone);
      await commit('takeProviderReport', {
        notificationId: id,
        report,
        reason,
        forMs,
        note: '',
        way: 'link',
      });
    },
  });
}

/** A phone's field says what the clock on the wall shows. */
function wallMs(text: string, timeZone: string): number {
  const asUtcMs = Date.parse(`${text}:00Z`);
  return asUtcMs - zoneOffsetMs(timeZone, asUtcMs);
}
