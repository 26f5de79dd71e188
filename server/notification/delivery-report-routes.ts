import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import { channelContents } from '@carebell/contracts/channels.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteGroup } from '../http-api/app-types.ts';
import { forUnknownCallers } from '../http-api/unknown-callers.ts';
import type { Gate } from '../journal/gate.ts';
import { plainAt } from './json-path.ts';
import type { NotificationReads } from './notification-reads.ts';
import { isSame } from './responder-link.ts';
import type { SecretKey } from './secret-key.ts';

export type DeliveryReportPorts = {
  key: SecretKey;
  commit: Gate['commit'];
  reads: Pick<NotificationReads, 'channel'>;
  recordRefusal(refusal: { reason: RefusalReason; subject: string }): void;
  requestsPerMinute: number;
};

/** Where a gateway calls back about deliveries: whoever knows the path may report for this channel. */
export function reportPathOf(channelId: string, key: SecretKey): string {
  return `/delivery-reports/${channelId}/${key.sign('sms-report', channelId)}`;
}

const params = z.object({ channelId: z.string(), token: z.string() });

/** A gateway tells by GET with a query, by a form or by JSON; several reports may come as a list. */
export function deliveryReportRoutes(ports: DeliveryReportPorts): RouteGroup {
  const { key, commit, reads, recordRefusal } = ports;

  async function take(request: FastifyRequest): Promise<boolean> {
    const { channelId, token } = params.parse(request.params);
    const channel = isSame(token, key.sign('sms-report', channelId))
      ? await reads.channel(channelId)
      : undefined;
    const settings = channelContents.sms.settings.safeParse(channel?.settings);
    const report = settings.success ? settings.data.report : undefined;
    if (channel?.kind !== 'sms' || !report) {
      recordRefusal({ reason: 'delivery-report-unknown', subject: 'unknown-caller' });
      return false;
    }
    const said: unknown = request.method === 'GET' ? request.query : request.body;
    for (const item of (Array.isArray(said) ? said : [said]).slice(0, 500)) {
      const receiptId = plainAt(item, report.idPath);
      const state = plainAt(item, report.statePath);
      if (receiptId === undefined || state === undefined) {
        recordRefusal({ reason: 'delivery-report-malformed', subject: channelId });
        continue;
      }
      const isDelivered = report.delivered.includes(state);
      // A state of neither list is one on the way, such as "submitted".
      if (!isDelivered && !report.failed.includes(state)) continue;
      const told = { channelId, receiptId, report: isDelivered ? 'delivered' : 'failed' } as const;
      const outcome = await commit('recordDeliveryReport', told);
      if (outcome === 'unknown') recordRefusal({ reason: 'delivery-report-unknown', subject: channelId });
    }
    return true;
  }

  return forUnknownCallers({ requestsPerMinute: ports.requestsPerMinute }, (scope) => {
    for (const method of ['GET', 'POST'] as const) {
      scope.route({
        method,
        url: '/delivery-reports/:channelId/:token',
        schema: { hide: true },
        async handler(request, reply) {
          const isTaken = await take(request);
          return reply.code(isTaken ? 200 : 404).send({ ok: isTaken });
        },
      });
    }
  });
}
