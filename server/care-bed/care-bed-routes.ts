import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import {
  careBedDetailSchema,
  careBedEndSchema,
  careBedListSchema,
  careBedLogDays,
  careBedPatchSchema,
  careBedQuerySchema,
  newCareBedSchema,
  newRespiteSchema,
} from '@carebell/contracts/care-beds.ts';
import type { CareBed, CareBedDetail } from '@carebell/contracts/care-beds.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AlarmReads } from '../alarm/alarm-reads.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { DetectionReads } from '../detection/detection-reads.ts';
import { nightState } from '../detection/night-state.ts';
import type { NightState } from '../detection/night-state.ts';
import { sleepersWithRules } from '../detection/sleepers-with-rules.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp, RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams } from '../http-api/route-parts.ts';
import { maskName, maskPhone, readsMasked } from '../identity/masking.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, acceptedChange, visible } from '../resident/registry-answers.ts';
import type { VisitReads } from '../visit/visit-reads.ts';
import type { CareBedReads, CareBedRow } from './care-bed-reads.ts';
import { bedsByNeed, careBedView, respiteView } from './care-bed-view.ts';

export type CareBedRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  timeZone: string;
  reads: {
    careBeds: CareBedReads;
    detection: DetectionReads;
    alarms: Pick<AlarmReads, 'list'>;
    visits: Pick<VisitReads, 'visitsOf'>;
  };
  openAlarms: (organisationId: string) => AlarmView[];
};

const tags = ['care-beds'];
const sleepersAtMost = 300;
const logAtMost = 200;

/** Homes under watch round the clock: who cares, what is short, and how it is now. */
export function careBedRoutes(ports: CareBedRoutePorts): RouteGroup {
  const beds = bedReader(ports);
  return (app) => {
    addReading(app, ports, beds);
    addWriting(app, ports, beds);
  };
}

type Beds = ReturnType<typeof bedReader>;

function bedReader({ authorization, clock, timeZone, reads, openAlarms }: CareBedRoutePorts) {
  const { userOf, scopeOf } = authorization;

  /** Where the residents of these beds are now, as the night watch has it. */
  async function nightsOf(rows: readonly CareBedRow[], nowMs: number): Promise<Map<string, NightState>> {
    const zone = (atMs: number): number => zoneOffsetMs(timeZone, atMs);
    const { gaps: hubGaps } = await reads.detection.hubLife();
    const nights = new Map<string, NightState>();
    for (const stationId of new Set(rows.map((row) => row.stationId))) {
      const place = { stationId, nowMs, atMost: sleepersAtMost };
      const { sleepers } = await sleepersWithRules(reads.detection, place);
      for (const { sleeper, rules } of sleepers) {
        const { absences, watch } = sleeper;
        const surroundings = { rules, zone, absences, hubGaps, buttonId: null };
        nights.set(sleeper.residentId, nightState(watch, surroundings, nowMs));
      }
    }
    return nights;
  }

  async function views(request: FastifyRequest, rows: readonly CareBedRow[]): Promise<CareBed[]> {
    const nowMs = clock.now();
    const { role, organisationId } = userOf(request);
    const open = rows.filter(({ endedAtMs }) => endedAtMs === null);
    const nights = await nightsOf(open, nowMs);
    const alarms = openAlarms(organisationId);
    return rows.map((row) =>
      careBedView(row, { night: nights.get(row.residentId), alarms, isMasked: readsMasked(role), nowMs }),
    );
  }

  async function logOf({ residentId, stationId }: CareBedRow): Promise<CareBedDetail['log']> {
    const fromMs = clock.now() - careBedLogDays * 86_400_000;
    const [alarms, visits] = await Promise.all([
      reads.alarms.list({ phase: 'all', stationIds: [stationId], residentId, limit: logAtMost }),
      reads.visits.visitsOf(residentId, logAtMost),
    ]);
    const log: CareBedDetail['log'] = [
      ...alarms.map(({ id, pressedAt, kind, priority, phase }) => ({
        of: 'alarm' as const,
        id,
        at: pressedAt,
        kind,
        priority,
        isOpen: phase !== 'closed',
      })),
      ...visits.map(({ id, at, kind, result, visitor }) => ({
        of: 'visit' as const,
        id,
        at,
        kind,
        result,
        visitor: visitor?.displayName ?? null,
      })),
    ];
    return log
      .filter(({ at }) => Date.parse(at) >= fromMs)
      .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  }

  async function detail(request: FastifyRequest, id: string): Promise<CareBedDetail> {
    const found = await reads.careBeds.bed(id);
    const row = visible(found, scopeOf(request), found?.stationId);
    const isMasked = readsMasked(userOf(request).role);
    const [[view], log] = await Promise.all([views(request, [row]), logOf(row)]);
    if (view === undefined) throw new Error('a bed that was read has no view');
    return {
      ...view,
      carers: row.carers.map((carer) =>
        isMasked ? { ...carer, name: maskName(carer.name), phone: maskPhone(carer.phone) } : carer,
      ),
      respites: row.respites.map((one) => respiteView(one, { isMasked, nowMs: clock.now() })),
      note: isMasked && row.note !== '' ? '***' : row.note,
      devices: row.devices,
      log,
    };
  }

  return { views, detail };
}

function addReading(app: CarebellApp, { authorization, reads }: CareBedRoutePorts, beds: Beds): void {
  const { requires, scopeOf } = authorization;
  app.get(
    '/care-beds',
    {
      preParsing: requires('care-bed.read'),
      schema: {
        tags,
        summary: 'Home care beds, those first that need somebody',
        querystring: careBedQuerySchema,
        response: { 200: careBedListSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { state, limit, stationId } = request.query;
      const query = { scope: scopeOf(request), stationId, isEnded: state === 'ended', limit: limit + 1 };
      const rows = await reads.careBeds.beds(query);
      const items = await beds.views(request, rows.slice(0, limit));
      return { items: state === 'open' ? items.toSorted(bedsByNeed) : items, isCut: rows.length > limit };
    },
  );
  app.get(
    '/care-beds/:id',
    {
      preParsing: requires('care-bed.read'),
      schema: {
        tags,
        summary: 'One home care bed with its carers, devices, alarms and visits',
        params: idParams,
        response: { 200: careBedDetailSchema, ...problemResponses },
      },
    },
    async (request) => beds.detail(request, request.params.id),
  );
}

function addWriting(app: CarebellApp, { authorization, commit }: CareBedRoutePorts, beds: Beds): void {
  const { requires, userOf, scopeOf } = authorization;
  const caller = (request: FastifyRequest) => ({ actorId: userOf(request).id, scope: scopeOf(request) });
  const preParsing = requires('care-bed.write');
  const response = { 200: careBedDetailSchema, ...problemResponses };

  app.post(
    '/care-beds',
    {
      preParsing,
      schema: {
        tags,
        summary: 'Open a home care bed for a resident',
        body: newCareBedSchema,
        response: { 201: careBedDetailSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = accepted(await commit('openCareBed', { ...caller(request), bed: request.body }));
      return reply.code(201).send(await beds.detail(request, id));
    },
  );
  app.patch(
    '/care-beds/:id',
    {
      preParsing,
      schema: {
        tags,
        summary: 'Change its carers or its note',
        params: idParams,
        body: careBedPatchSchema,
        response,
      },
    },
    async (request) => {
      const { id } = request.params;
      const { version, ...change } = request.body;
      const outcome = await commit('changeCareBed', { ...caller(request), id, change, version });
      await acceptedChange(outcome, () => beds.detail(request, id));
      return beds.detail(request, id);
    },
  );
  app.post(
    '/care-beds/:id/end',
    {
      preParsing,
      schema: {
        tags,
        summary: 'End it, with the reason',
        params: idParams,
        body: careBedEndSchema,
        response,
      },
    },
    async (request) => {
      const { id } = request.params;
      accepted(await commit('endCareBed', { ...caller(request), id, reason: request.body.reason }));
      return beds.detail(request, id);
    },
  );
  app.post(
    '/care-beds/:id/respites',
    {
      preParsing,
      schema: {
        tags,
        summary: 'A carer is away, and somebody stands in',
        params: idParams,
        body: newRespiteSchema,
        response,
      },
    },
    async (request) => {
      const { id } = request.params;
      const { from, until, ...said } = request.body;
      const respite = { ...said, from: instant(Date.parse(from)), until: instant(Date.parse(until)) };
      accepted(await commit('addRespite', { ...caller(request), id, respite }));
      return beds.detail(request, id);
    },
  );
  app.delete(
    '/care-beds/:id/respites/:respiteId',
    {
      preParsing,
      schema: {
        tags,
        summary: 'Take a respite back',
        params: idParams.extend({ respiteId: z.string() }),
        response,
      },
    },
    async (request) => {
      const { id, respiteId } = request.params;
      accepted(await commit('removeRespite', { ...caller(request), id, respiteId }));
      return beds.detail(request, id);
    },
  );
}
