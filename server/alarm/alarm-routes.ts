import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import {
  acknowledgeAlarmBodySchema,
  alarmDetailSchema,
  alarmListQuerySchema,
  closeAlarmBodySchema,
  pageOf,
  reopenAlarmBodySchema,
} from '@carebell/contracts/http-api.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { closedRestoredSchema, closeRestoredBodySchema } from '@carebell/contracts/restored.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { MedicalViews } from '../audit/medical-views.ts';
import { maskAlarm, maskDetail, readsMasked } from '../identity/masking.ts';
import type { HandlingReads } from '../handling/handling-reads.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { staysOf } from '../device/lineage.ts';
import type { Stay } from '../device/lineage.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import { refusal, Refusal } from '../http-api/problems.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import { alarmDetailOf } from './alarm-detail.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import type { AlarmReads } from './alarm-reads.ts';
import { alarmOf, refusalProblem } from './desk-answers.ts';

export type AlarmRoutePorts = {
  authorization: Authorization;
  desk: AlarmDesk;
  reads: AlarmReads;
  registry: Pick<RegistryReads, 'resident' | 'dwelling' | 'device'>;
  handling: Pick<HandlingReads, 'scriptOf'>;
  views: MedicalViews;
  /** The open alarms that a user of this organisation sees, the latest change first. */
  open(organisationId: string): AlarmView[];
  stations(scope: Scope): readonly string[] | 'all';
};

const alarmParams = z.object({ id: z.string().min(1).max(200) });
const tags = ['alarms'];

export function alarmRoutes(ports: AlarmRoutePorts): RouteGroup {
  const { authorization, desk, reads, registry, handling, views } = ports;
  const { requires, userOf, scopeOf } = authorization;

  const shownTo = (request: FastifyRequest) => (alarm: AlarmView) =>
    readsMasked(userOf(request).role) ? maskAlarm(alarm) : alarm;

  return (app) => {
    app.get(
      '/alarms',
      {
        preParsing: requires('alarm.read'),
        schema: {
          tags,
          summary: 'Alarms, the latest change first',
          querystring: alarmListQuerySchema,
          response: { 200: pageOf(alarmViewSchema) },
        },
      },
      async (request) => {
        const { phase, stationId, residentId, deviceId, limit, cursor } = request.query;
        const isMissed = request.query.missed === 'true';
        const beforeSeq = beforeOf(cursor);
        if (phase === 'open' || phase === 'raised' || phase === 'acknowledged') {
          const stays =
            deviceId === undefined ? [] : staysOf((await registry.device(deviceId)) ?? { id: deviceId });
          const open = ports
            .open(userOf(request).organisationId)
            .filter(
              (alarm) =>
                (phase === 'open' || alarm.phase === phase) &&
                (stationId === undefined || alarm.stationId === stationId) &&
                (residentId === undefined || alarm.residentId === residentId) &&
                (deviceId === undefined || stays.some((stay) => isWithin(stay, alarm))) &&
                (!isMissed || (alarm.escalation?.missed.length ?? 0) > 0) &&
                (beforeSeq === undefined || alarm.cursor < beforeSeq),
            );
          return pageOfAlarms(open.map(shownTo(request)), limit);
        }
        const scope = scopeOf(request);
        if (stationId !== undefined && !covers(scope, stationId)) return { items: [], cursor: null };
        const stationIds = stationId === undefined ? ports.stations(scope) : [stationId];
        const rows = await reads.list({
          phase,
          stationIds,
          residentId,
          deviceId,
          isMissed,
          beforeSeq,
          limit: limit + 1,
        });
        return pageOfAlarms(rows.map(shownTo(request)), limit);
      },
    );

    app.get(
      '/alarms/:id',
      {
        preParsing: requires('alarm.read'),
        schema: {
          tags,
          summary: 'All that the person who answers needs',
          params: alarmParams,
          response: { 200: alarmDetailSchema },
        },
      },
      async (request): Promise<AlarmDetail> => {
        const alarm = await desk.visible(userOf(request), request.params.id);
        if (!alarm)
          throw refusal('not-found', 'Correct the identifier; what you may not see is not found either.');
        const user = userOf(request);
        const detail = await alarmDetailOf(alarm, { alarms: reads, registry, handling });
        if (readsMasked(user.role)) return maskDetail(detail);
        const { residentId, stationId } = alarm;
        if (residentId !== null)
          views.record({
            actorId: user.id,
            residentIds: [residentId],
            via: 'alarm',
            alarmId: alarm.id,
            stationId,
          });
        return detail;
      },
    );

    app.post(
      '/alarms/:id/acknowledge',
      {
        preParsing: requires('alarm.acknowledge'),
        schema: {
          tags,
          summary: 'Take an alarm; who answers first has it',
          params: alarmParams,
          body: acknowledgeAlarmBodySchema.nullish(),
          response: { 200: alarmViewSchema },
        },
      },
      async (request) =>
        alarmOf(
          await desk.acknowledge(userOf(request), {
            alarmId: request.params.id,
            takeOver: request.body?.takeOver,
          }),
        ),
    );

    app.post(
      '/alarms/:id/close',
      {
        preParsing: requires('alarm.close'),
        schema: {
          tags,
          summary: 'End an alarm with its outcome',
          params: alarmParams,
          body: closeAlarmBodySchema,
          response: { 200: alarmViewSchema },
        },
      },
      async (request) =>
        alarmOf(await desk.close(userOf(request), { alarmId: request.params.id, ...request.body })),
    );

    app.post(
      '/alarms/close-restored',
      {
        preParsing: requires('alarm.close'),
        schema: {
          tags,
          summary: 'Close alarms about equipment that is well again, each with its own outcome',
          body: closeRestoredBodySchema,
          response: { 200: closedRestoredSchema, ...problemResponses },
        },
      },
      async (request) => {
        const outcome = await desk.closeRestored(userOf(request), request.body);
        if (!outcome.ok) throw new Refusal(refusalProblem(outcome.reason));
        const { closed, kept } = outcome;
        return { closed, kept };
      },
    );

    app.post(
      '/alarms/:id/reopen',
      {
        preParsing: requires('alarm.close'),
        schema: {
          tags,
          summary: 'Take a closing back within ten minutes',
          params: alarmParams,
          body: reopenAlarmBodySchema.nullish(),
          response: { 200: alarmViewSchema },
        },
      },
      async (request) =>
        alarmOf(
          await desk.reopen(userOf(request), { alarmId: request.params.id, note: '', ...request.body }),
        ),
    );
  };
}

function pageOfAlarms(
  alarms: readonly AlarmView[],
  limit: number,
): { items: AlarmView[]; cursor: string | null } {
  const items = alarms.slice(0, limit);
  const last = items.at(-1);
  return { items, cursor: alarms.length > limit && last ? String(last.cursor) : null };
}

function beforeOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const before = Number(cursor);
  if (Number.isSafeInteger(before) && before > 0) return before;
  throw refusal('invalid-request', 'Take the cursor from the answer with the page before.', [
    { field: 'cursor', message: 'is not a cursor of this list' },
  ]);
}

/** It came from this device while that stood there. */
function isWithin({ deviceId, fromMs, untilMs }: Stay, alarm: AlarmView): boolean {
  const pressedMs = Date.parse(alarm.pressedAt);
  return alarm.deviceId === deviceId && pressedMs >= fromMs && pressedMs < untilMs;
}
