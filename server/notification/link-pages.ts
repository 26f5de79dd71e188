import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import { forUnknownCallers } from '../http-api/unknown-callers.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import type { NotificationReads } from './notification-reads.ts';
import type { NotificationRecord } from './notification-store.ts';
import { readLinkToken } from './responder-link.ts';
import { localeOf, plainPage } from './responder-page.ts';
import type { SecretKey } from './secret-key.ts';

export type LinkPagePorts = {
  /** By which the links that open these pages are signed. */
  key: SecretKey;
  clock: Clock;
  reads: Pick<NotificationReads, 'notification'>;
  recordRefusal(refusal: { reason: RefusalReason; subject: string }): void;
  requestsPerMinute: number;
};

export type LinkPage = {
  /** As the log calls it. */
  name: 'responder-page' | 'provider-page';
  /** Before the token: `/r` for `/r/{token}`. */
  path: '/r' | '/p';
  /** Whether a link of this notification leads here. */
  isFor(notification: NotificationRecord): boolean;
  /** The document, or nothing if what it is about is not there: then the link is a wrong one. */
  look(notification: NotificationRecord): Promise<string | undefined>;
  /** Takes what a form says; a body that says nothing known changes nothing. */
  press(notification: NotificationRecord, body: unknown): Promise<void>;
};

const params = z.object({ token: z.string() });
const longestFormBytes = 1_024;

/** A page that a signed link opens, without a log-in. Looking changes nothing, so previews of links are harmless. */
export function linkPage(ports: LinkPagePorts, page: LinkPage): RouteGroup {
  const { key, clock, reads, recordRefusal, requestsPerMinute } = ports;

  /** The notification of a link that works; why one does not is recorded. */
  async function follow(token: string): Promise<NotificationRecord | undefined> {
    const link = readLinkToken(token, clock.now(), key);
    const notification = link.ok ? await reads.notification(link.notificationId) : undefined;
    if (notification && !notification.isLinkRevoked)
      return page.isFor(notification) ? notification : undefined;
    const reason = link.ok ? 'revoked' : link.reason;
    recordRefusal({ reason: `responder-link-${reason}`, subject: 'unknown-caller' });
    return undefined;
  }

  return forUnknownCallers({ requestsPerMinute, formBytes: longestFormBytes }, (scope) => {
    scope.setErrorHandler((error: { statusCode?: number }, request, reply) => {
      const isTooOften = error.statusCode === 429;
      if (isTooOften) recordRefusal({ reason: 'responder-link-too-often', subject: 'unknown-caller' });
      else if (!(error instanceof StoreFailure)) request.log.error({ err: error }, `${page.name}.failed`);
      return sayPlainly(request, reply, isTooOften ? 'tooOften' : 'failed');
    });

    scope.get(`${page.path}/:token`, { schema: { hide: true } }, async (request, reply) => {
      const notification = await follow(params.parse(request.params).token);
      const document = notification && (await page.look(notification));
      return document === undefined
        ? sayPlainly(request, reply, 'wrongLink')
        : sendDocument(reply, 200, document);
    });

    scope.post(`${page.path}/:token`, { schema: { hide: true } }, async (request, reply) => {
      const { token } = params.parse(request.params);
      const notification = await follow(token);
      if (!notification) return sayPlainly(request, reply, 'wrongLink');
      await page.press(notification, request.body);
      // A page that was loaded again must not press again.
      return reply
        .code(303)
        .header('cache-control', 'no-store')
        .header('location', `${page.path}/${token}`)
        .send();
    });
  });
}

const statusOf = { wrongLink: 404, tooOften: 429, failed: 503 };

function sayPlainly(request: FastifyRequest, reply: FastifyReply, what: keyof typeof statusOf): FastifyReply {
  return sendDocument(reply, statusOf[what], plainPage(localeOf(request.headers['accept-language']), what));
}

function sendDocument(reply: FastifyReply, status: number, document: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .serializer((body: unknown) => String(body))
    .send(document);
}
