import fastifyRateLimit from '@fastify/rate-limit';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import { offerRefusals, providerReports } from '@carebell/contracts/service-kinds.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Gate } from '../journal/gate.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import type { NotificationReads } from '../notification/notification-reads.ts';
import type { NotificationRecord } from '../notification/notification-store.ts';
import { readLinkToken } from '../notification/responder-link.ts';
import { localeOf, plainPage } from '../notification/responder-page.ts';
import type { SecretKey } from '../notification/secret-key.ts';
import { serviceFor } from './default-services.ts';
import { providerPage } from './provider-page.ts';
import type { RequestReads } from './request-reads.ts';

export type ProviderRoutePorts = {
  key: SecretKey;
  clock: Clock;
  commit: Gate['commit'];
  reads: Pick<NotificationReads, 'notification'>;
  requests: Pick<RequestReads, 'request' | 'timeline' | 'servicesAbove'>;
  recordRefusal(refusal: { reason: RefusalReason; subject: string }): void;
  timeZone: string;
  locale: NotificationLocale;
  requestsPerMinute: number;
};

const params = z.object({ token: z.string() });
const press = z.object({
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

/** `/p/{token}`: what a provider sees and says, without a log-in. Looking changes nothing, so previews of links are harmless. */
export function providerRoutes(ports: ProviderRoutePorts): RouteGroup {
  const { clock, commit, reads, requests, recordRefusal, timeZone } = ports;
  const key = providerKey(ports.key);

  async function follow(token: string): Promise<NotificationRecord | undefined> {
    const link = readLinkToken(token, clock.now(), key);
    const notification = link.ok ? await reads.notification(link.notificationId) : undefined;
    if (notification && !notification.isLinkRevoked) return notification;
    const reason = link.ok ? 'revoked' : link.reason;
    recordRefusal({ reason: `responder-link-${reason}`, subject: 'unknown-caller' });
    return undefined;
  }

  return (app) => {
    void app.register(async (scope) => {
      await scope.register(fastifyRateLimit, {
        max: ports.requestsPerMinute,
        timeWindow: 60_000,
        keyGenerator: ({ ip }: FastifyRequest) => ip,
      });
      scope.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string', bodyLimit: 1_024 },
        (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
      );
      scope.setErrorHandler((error: { statusCode?: number }, request, reply) => {
        const isTooOften = error.statusCode === 429;
        if (isTooOften) recordRefusal({ reason: 'responder-link-too-often', subject: 'unknown-caller' });
        else if (!(error instanceof StoreFailure)) request.log.error({ err: error }, 'provider-page.failed');
        const locale = localeOf(request.headers['accept-language']);
        return sendPage(reply, isTooOften ? 429 : 503, plainPage(locale, isTooOften ? 'tooOften' : 'failed'));
      });
      const wrongLink = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
        sendPage(reply, 404, plainPage(localeOf(request.headers['accept-language']), 'wrongLink'));

      scope.get('/p/:token', { schema: { hide: true } }, async (request, reply) => {
        const notification = await follow(params.parse(request.params).token);
        const asked = notification && (await requests.request(notification.alarmId));
        if (!notification || !asked) return wrongLink(request, reply);
        const above = asked.stationId === null ? [] : await requests.servicesAbove(asked.stationId);
        const service = serviceFor(
          asked.kind,
          above.map(({ services }) => services),
        );
        const page = providerPage({
          locale: notification.recipient.locale ?? ports.locale,
          request: asked,
          service,
          offerId: notification.id,
          hasAccepted: asked.arranged?.provider?.id === notification.recipient.id,
          timeZone,
        });
        return sendPage(reply, 200, page);
      });

      scope.post('/p/:token', { schema: { hide: true } }, async (request, reply) => {
        const { token } = params.parse(request.params);
        const notification = await follow(token);
        if (!notification) return wrongLink(request, reply);
        const pressed = press.safeParse(request.body);
        if (pressed.success) {
          const { report, reason, at } = pressed.data;
          const forMs = at === undefined ? null : wallMs(at, timeZone);
          const said = { report, reason, forMs, note: '', way: 'link' } as const;
          await commit('takeProviderReport', { notificationId: notification.id, ...said });
        }
        // A page that was loaded again must not press again.
        return reply.code(303).header('cache-control', 'no-store').header('location', `/p/${token}`).send();
      });
    });
  };
}

/** A phone's field says what the clock on the wall shows. */
function wallMs(text: string, timeZone: string): number {
  const asUtcMs = Date.parse(`${text}:00Z`);
  return asUtcMs - zoneOffsetMs(timeZone, asUtcMs);
}

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .serializer((body: unknown) => String(body))
    .send(page);
}
