import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import fastifyRateLimit from '@fastify/rate-limit';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { responderReports } from '@carebell/contracts/notifications.ts';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { Dwelling } from '@carebell/contracts/registry.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Gate } from '../journal/gate.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import type { NotificationReads } from './notification-reads.ts';
import type { NotificationRecord } from './notification-store.ts';
import { readLinkToken } from './responder-link.ts';
import { localeOf, plainPage, responderPage } from './responder-page.ts';
import type { SecretKey } from './secret-key.ts';

export type ResponderRoutePorts = {
  key: SecretKey;
  clock: Clock;
  commit: Gate['commit'];
  reads: Pick<NotificationReads, 'notification'>;
  findAlarm(alarmId: string): Promise<AlarmView | undefined>;
  findDwelling(id: string): Promise<Dwelling | undefined>;
  recordRefusal(refusal: { reason: RefusalReason; subject: string }): void;
  timeZone: string;
  locale: NotificationLocale;
  /** Of one address; behind one mobile network's address stand several phones. */
  requestsPerMinute: number;
};

const params = z.object({ token: z.string() });
const press = z.object({ report: z.enum(responderReports) });

/** `/r/{token}`: what a responder sees and says, without a log-in. Looking changes nothing, so previews of links are harmless. */
export function responderRoutes(ports: ResponderRoutePorts): RouteGroup {
  const { key, clock, commit, reads, recordRefusal } = ports;

  /** The notification of a link that works, or why it does not. */
  async function follow(token: string): Promise<NotificationRecord | undefined> {
    const link = readLinkToken(token, clock.now(), key);
    const notification = link.ok ? await reads.notification(link.notificationId) : undefined;
    if (notification && !notification.isLinkRevoked) return notification;
    const reason = link.ok ? 'revoked' : link.reason;
    recordRefusal({ reason: `responder-link-${reason}`, subject: 'unknown-caller' });
    return undefined;
  }

  const isOffered = ({ recipient }: NotificationRecord): boolean => recipient.isResponder;

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
        else if (!(error instanceof StoreFailure)) request.log.error({ err: error }, 'responder-page.failed');
        const page = plainPage(
          localeOf(request.headers['accept-language']),
          isTooOften ? 'tooOften' : 'failed',
        );
        return sendPage(reply, isTooOften ? 429 : 503, page);
      });

      const wrongLink = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
        sendPage(reply, 404, plainPage(localeOf(request.headers['accept-language']), 'wrongLink'));

      scope.get('/r/:token', { schema: { hide: true } }, async (request, reply) => {
        const notification = await follow(params.parse(request.params).token);
        if (!notification || !isOffered(notification)) return wrongLink(request, reply);
        const alarm = await ports.findAlarm(notification.alarmId);
        if (!alarm) return wrongLink(request, reply);
        const dwelling = alarm.dwellingId === null ? undefined : await ports.findDwelling(alarm.dwellingId);
        const page = responderPage({
          locale: notification.recipient.locale ?? ports.locale,
          alarm,
          responderId: notification.recipient.id,
          access: dwelling?.access ?? '',
          timeZone: ports.timeZone,
        });
        return sendPage(reply, 200, page);
      });

      scope.post('/r/:token', { schema: { hide: true } }, async (request, reply) => {
        const { token } = params.parse(request.params);
        const notification = await follow(token);
        if (!notification || !isOffered(notification)) return wrongLink(request, reply);
        const pressed = press.safeParse(request.body);
        if (pressed.success)
          await commit('recordResponderReport', { notificationId: notification.id, ...pressed.data });
        // A page that was loaded again must not press again.
        return reply.code(303).header('cache-control', 'no-store').header('location', `/r/${token}`).send();
      });
    });
  };
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
