import { auditEntrySchema, auditQuerySchema, auditTopics } from '@carebell/contracts/audit.ts';
import { journalEventSchema, pageOf, pageQuerySchema, refusalSchema } from '@carebell/contracts/http-api.ts';
import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import { z } from 'zod';
import { covers } from '../care-station/organisation-scope.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import type { AuditReads } from './audit-reads.ts';

export type AuditRoutePorts = {
  authorization: Authorization;
  reads: AuditReads;
  directory: Directory;
  clock: Clock;
};

const dayMs = 86_400_000;
const tags = ['records'];
const refusalQuery = z.object({
  days: z.coerce.number().int().min(1).max(400).default(7),
  subject: z.string().max(120).optional(),
  reason: z.string().max(120).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** What was turned away, and what devices said, for those who install and supervise. */
export function auditRoutes({ authorization, reads, directory, clock }: AuditRoutePorts): RouteGroup {
  const { requires, scopeOf } = authorization;

  return (app) => {
    app.get(
      '/refusals',
      {
        preParsing: requires('refusal.read'),
        schema: {
          tags,
          summary: 'Everything turned away or out of order, counted by reason, subject and day',
          querystring: refusalQuery,
          response: { 200: pageOf(refusalSchema) },
        },
      },
      async (request) => {
        const { days, ...query } = request.query;
        const sinceDay = new Date(clock.now() - (days - 1) * dayMs).toISOString().slice(0, 10);
        const found = await reads.refusals({ ...query, sinceDay });
        const scope = scopeOf(request);
        // A subject that is no known device belongs to no station, and an installer must see what knocks at the door.
        const items = found.filter(({ subject }) => {
          const entry = directory.device(subject) ?? directory.gateway(subject);
          return !entry || entry.stationId === null || covers(scope, entry.stationId);
        });
        return { items, cursor: null };
      },
    );

    app.get(
      '/audit',
      {
        preParsing: requires('audit.read'),
        schema: {
          tags,
          summary: 'Who read or took personal data, who practised, who changed accounts and rules',
          querystring: auditQuerySchema,
          response: { 200: pageOf(auditEntrySchema) },
        },
      },
      async (request) => {
        const { topic, residentId, limit, cursor } = request.query;
        const rows = await reads.records({
          kinds: auditTopics[topic],
          scope: scopeOf(request),
          residentId,
          beforeSeq: beforeOf(cursor),
          limit: limit + 1,
        });
        return pageOfRows(rows, limit);
      },
    );

    app.get(
      '/events',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'What a device or gateway said, the newest first',
          querystring: pageQuerySchema.extend({ deviceId: deviceIdSchema }),
          response: { 200: pageOf(journalEventSchema) },
        },
      },
      async (request) => {
        const { deviceId, limit, cursor } = request.query;
        const entry = directory.device(deviceId) ?? directory.gateway(deviceId);
        if (!entry || !covers(scopeOf(request), entry.stationId)) {
          throw refusal('not-found', 'Correct "deviceId"; what you may not see is not found either.');
        }
        const rows = await reads.events({ deviceId, beforeSeq: beforeOf(cursor), limit: limit + 1 });
        return pageOfRows(rows, limit);
      },
    );
  };
}

function beforeOf(cursor: string | undefined): number | undefined {
  const beforeSeq = cursor === undefined ? undefined : Number(cursor);
  if (beforeSeq === undefined || Number.isSafeInteger(beforeSeq)) return beforeSeq;
  throw refusal('invalid-request', 'Take the cursor from the answer with the page before.');
}

function pageOfRows<T extends { seq: number }>(
  rows: readonly T[],
  limit: number,
): { items: T[]; cursor: string | null } {
  const items = rows.slice(0, limit);
  return { items, cursor: rows.length > limit ? String(items.at(-1)?.seq) : null };
}
