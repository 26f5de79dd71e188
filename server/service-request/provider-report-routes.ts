import { createHmac } from 'node:crypto';
import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import { providerAnswerSchema, providerReportSchema } from '@carebell/contracts/service-requests.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal, refusal } from '../http-api/problems.ts';
import type { Gate } from '../journal/gate.ts';
import type { NotificationReads } from '../notification/notification-reads.ts';
import type { NotificationRecord } from '../notification/notification-store.ts';
import { isSame } from '../notification/responder-link.ts';
import type { SecretKey } from '../notification/secret-key.ts';
import { acceptedRequest } from './request-answers.ts';
import type { RequestReads } from './request-reads.ts';

export type ProviderReportPorts = {
  key: Pick<SecretKey, 'unseal'>;
  clock: Pick<Clock, 'now'>;
  commit: Gate['commit'];
  reads: Pick<NotificationReads, 'notification' | 'channel'>;
  requests: Pick<RequestReads, 'request'>;
  recordRefusal(refusal: { reason: RefusalReason; subject: string }): void;
};

/** An older signature could be one that somebody has kept: five minutes, as for the clocks of two machines. */
const freshForMs = 300_000;
const headers = z.object({
  'carebell-timestamp': z.string().regex(/^\d{1,15}$/),
  'carebell-signature': z.string().regex(/^v1=[0-9a-f]{64}$/),
});

/** `POST /provider-reports`: a provider's own program says what becomes of an offer, signed like the webhook that brought it. */
export function providerReportRoutes(ports: ProviderReportPorts): RouteGroup {
  const { key, clock, commit, reads, requests, recordRefusal } = ports;

  /** The signing secret of the channel by which this offer went out. */
  async function secretOf({ state }: NotificationRecord): Promise<string | undefined> {
    const channelId = 'channelId' in state ? state.channelId : null;
    const channel = channelId === null ? undefined : await reads.channel(channelId);
    return channel?.kind === 'webhook' ? key.unseal(channel.id, channel.sealed)?.['signing'] : undefined;
  }

  async function isSigned(
    request: FastifyRequest,
    body: string,
    notification: NotificationRecord,
  ): Promise<boolean> {
    const said = headers.safeParse(request.headers);
    const secret = await secretOf(notification);
    if (!said.success || secret === undefined) return false;
    const timestamp = said.data['carebell-timestamp'];
    if (Math.abs(clock.now() - Number(timestamp)) > freshForMs) return false;
    const expected = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    return isSame(said.data['carebell-signature'], `v1=${expected}`);
  }

  return (app) => {
    void app.register((scope, _options, registered) => {
      // The signature is over the octets as they came, so they are kept as they are.
      scope.removeContentTypeParser('application/json');
      scope.addContentTypeParser(
        'application/json',
        { parseAs: 'string', bodyLimit: 8_192 },
        (_request, body, done) => done(null, body),
      );
      scope.post(
        '/provider-reports',
        {
          schema: {
            tags: ['requests'],
            summary:
              'What a provider says of a request that it was offered by webhook, signed with its secret',
            response: { 200: providerAnswerSchema, ...problemResponses },
          },
        },
        async (request) => {
          const body = String(request.body);
          const report = providerReportSchema.safeParse(jsonOf(body));
          const notification = report.success ? await reads.notification(report.data.id) : undefined;
          if (!report.success || !notification || !(await isSigned(request, body, notification))) {
            recordRefusal({ reason: 'provider-report-refused', subject: 'unknown-caller' });
            throw refusal(
              'not-authenticated',
              'Sign the body with the secret of the webhook, with a timestamp of now, and name the message by its "id".',
            );
          }
          const { for: at, ...said } = report.data;
          const outcome = await commit('takeProviderReport', {
            notificationId: notification.id,
            way: 'webhook',
            report: said.report,
            reason: said.reason,
            note: said.note,
            forMs: at === null ? null : Date.parse(at),
          });
          const after = async () => {
            const found = await requests.request(notification.alarmId);
            if (!found) throw new Refusal(notFound());
            return found;
          };
          await acceptedRequest(outcome, after);
          const { id, phase, arranged, residentName, residentPhone, address } = await after();
          const isTheirs = arranged?.provider?.id === notification.recipient.id;
          return {
            requestId: id,
            phase,
            way: 'webhook' as const,
            resident: isTheirs ? { name: residentName ?? '', phone: residentPhone, address } : null,
          };
        },
      );
      registered();
    });
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
