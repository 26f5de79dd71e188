import type { ServiceRequest } from '@carebell/contracts/service-requests.ts';
import type { RequestTimelineEntry } from '@carebell/contracts/service-steps.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { sql } from 'kysely';
import type { Kysely, RawBuilder, SqlBool } from 'kysely';
import type { Scope } from '../../care-station/organisation-scope.ts';
import { instant, instantOrNull } from '../../clock.ts';
import { dueOf } from '../../service-request/request-clocks.ts';
import type { RequestListQuery, RequestReads } from '../../service-request/request-reads.ts';
import type { RequestState, RequestStep } from '../../service-request/request-state.ts';
import { createEscalationStore } from './escalation-store.ts';
import { keepQueriesOf } from './kept-queries.ts';
import { isInScope } from './page-rows.ts';
import { enteredServices, enteredServicesOf } from './request-store.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

export function createRequestReads(db: Kysely<Tables>): RequestReads {
  const { lineage, neighbours } = createEscalationStore(db, keepQueriesOf(db));
  return {
    async requests({ limit, after, ...query }) {
      const isOpenFirst = query.view !== 'done-today' && query.view !== 'all';
      let rows = viewQuery(db)
        .where(isWanted(query))
        .limit(limit + 1);
      rows = isOpenFirst
        ? rows.orderBy(sql`coalesce(service_requests.due_at, 9e15)`).orderBy('service_requests.id')
        : rows.orderBy('service_requests.asked_at', 'desc').orderBy('service_requests.id', 'desc');
      const [, at, id] = /^(\d{1,16})\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
      if (at !== undefined)
        rows = rows.where(
          isOpenFirst
            ? sql<boolean>`(coalesce(service_requests.due_at, 9e15), service_requests.id) > (${Number(at)}, ${id})`
            : sql<boolean>`(service_requests.asked_at, service_requests.id) < (${Number(at)}, ${id})`,
        );
      const found = await rows.execute();
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const lastAt = isOpenFirst ? (last?.due_at ?? 9e15) : (last?.asked_at ?? 0);
      return {
        items: shown.map(viewOf),
        cursor: found.length > limit && last ? `${lastAt}.${last.id}` : null,
      };
    },
    async counts({ scope, userId, stationId }) {
      const row = await db
        .selectFrom('service_requests')
        .select([
          sql<number>`count(*)`.as('open'),
          sql<number>`coalesce(sum(phase = 'asked'), 0)`.as('new'),
          sql<number>`coalesce(sum(owner_id = ${userId}), 0)`.as('mine'),
          sql<number>`coalesce(sum(is_waiting), 0)`.as('waiting'),
          sql<number>`coalesce(sum(is_missed), 0)`.as('overdue'),
        ])
        .where(isWanted({ view: 'open', scope, userId, stationId, todayMs: 0 }))
        .executeTakeFirstOrThrow();
      return row;
    },
    async request(id) {
      const row = await viewQuery(db).where('service_requests.id', '=', id).executeTakeFirst();
      return row && viewOf(row);
    },
    async timeline(id) {
      const rows = await db
        .selectFrom('journal')
        .select(['seq', 'at', 'body'])
        .where('type', '=', sql.lit('request'))
        .where(sql<boolean>`json_extract(body, '$.requestId') = ${id}`)
        .orderBy('seq')
        .execute();
      return rows.map(({ seq, at, body }) => entryOf(seq, at, JSON.parse(body) as RequestStep));
    },
    async isSeenBy(id, scope) {
      const row = await db
        .selectFrom('service_requests')
        .select('id')
        .where('id', '=', id)
        .where(isSeen(scope))
        .executeTakeFirst();
      return row !== undefined;
    },
    async near({ stationId, heldBy }) {
      const above = stationId === null ? [] : await lineage(stationId);
      const [station] = above;
      const ids = [...above.map(({ id }) => id), ...(station ? await neighbours(station) : [])];
      const rows = await db
        .selectFrom('organisations')
        .select(['id', 'name'])
        .where('id', 'in', ids.length > 0 ? ids : [''])
        .where('id', '<>', heldBy?.id ?? '')
        .execute();
      return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    },
    async isAnyDue(nowMs) {
      const row = await db
        .selectFrom('service_requests')
        .select('id')
        .where('due_at', '<=', nowMs)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async facts({ fromMs, toMs, scope }) {
      const rows = await db
        .selectFrom('service_requests')
        .select(['kind', 'phase', 'state', 'station_id', 'resident_id'])
        .where('asked_at', '>=', fromMs)
        .where('asked_at', '<', toMs)
        .where('is_test', '=', 0)
        .where(isInScope('station_id', scope))
        .execute();
      return rows.map(({ kind, phase, state, station_id, resident_id }) => {
        const { askedBy, missed, takenAtMs, arrangedAtMs, feedback } = JSON.parse(state) as RequestState;
        return {
          stationId: station_id,
          residentId: resident_id,
          kind,
          phase,
          askedBy,
          missed: [...missed],
          isTaken: takenAtMs !== null,
          isArranged: arrangedAtMs !== null,
          score: feedback?.score ?? null,
        };
      });
    },
    services: (organisationId) => enteredServices(db, organisationId),
    async servicesAbove(organisationId) {
      const ids = [...(await lineage(organisationId)).map(({ id }) => id), rootOrganisationId];
      const names = await db
        .selectFrom('organisations')
        .select(['id', 'name'])
        .where('id', 'in', ids)
        .execute();
      const entered = await enteredServicesOf(db, ids);
      return ids.map((id, index) => ({
        id,
        name: names.find((row) => row.id === id)?.name ?? '',
        services: entered[index] ?? [],
      }));
    },
  };
}

/** It is from there, is there, or is offered there. */
function isSeen(scope: Scope): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${isInScope('service_requests.station_id', scope)}
    OR ${isInScope('service_requests.held_by', scope)} OR ${isInScope('service_requests.offered_to', scope)})`;
}

function isWanted(
  query: Pick<RequestListQuery, 'view' | 'scope' | 'userId' | 'todayMs'> &
    Partial<Pick<RequestListQuery, 'stationId' | 'residentId' | 'kind'>>,
): RawBuilder<SqlBool> {
  const { view, scope, stationId, residentId, kind } = query;
  const parts = [isSeen(scope)];
  const open = sql<SqlBool>`service_requests.ended_at IS NULL`;
  switch (view) {
    case 'new':
      parts.push(open, sql<SqlBool>`service_requests.phase = 'asked'`);
      break;
    case 'mine':
      parts.push(open, sql<SqlBool>`service_requests.owner_id = ${query.userId}`);
      break;
    case 'waiting':
      parts.push(open, sql<SqlBool>`service_requests.is_waiting = 1`);
      break;
    case 'overdue':
      parts.push(open, sql<SqlBool>`service_requests.is_missed = 1`);
      break;
    case 'open':
      parts.push(open);
      break;
    case 'done-today':
      parts.push(sql<SqlBool>`service_requests.ended_at >= ${query.todayMs}`);
      break;
    case 'all':
      break;
  }
  if (stationId !== undefined) parts.push(sql<SqlBool>`service_requests.station_id = ${stationId}`);
  if (residentId !== undefined) parts.push(sql<SqlBool>`service_requests.resident_id = ${residentId}`);
  if (kind !== undefined) parts.push(sql<SqlBool>`service_requests.kind = ${kind}`);
  return sql.join(parts, sql` AND `) as RawBuilder<SqlBool>;
}

function viewQuery(db: Kysely<Tables>) {
  return db
    .selectFrom('service_requests')
    .leftJoin('residents', 'residents.id', 'service_requests.resident_id')
    .leftJoin('dwellings', 'dwellings.id', 'service_requests.dwelling_id')
    .leftJoin('organisations as station', 'station.id', 'service_requests.station_id')
    .leftJoin('organisations as holder', 'holder.id', 'service_requests.held_by')
    .select([
      'service_requests.id',
      'service_requests.state',
      'service_requests.alarm_id',
      'service_requests.device_id',
      'service_requests.resident_id',
      'service_requests.station_id',
      'service_requests.held_by',
      'service_requests.asked_at',
      'service_requests.due_at',
      'service_requests.version',
      'service_requests.last_seq',
      'residents.name as resident_name',
      opened('residents.phone').as('resident_phone'),
      'dwellings.address',
      'station.name as station_name',
      'holder.name as holder_name',
    ]);
}

type ViewRow = Awaited<ReturnType<ReturnType<typeof viewQuery>['execute']>>[number];

function viewOf(row: ViewRow): ServiceRequest {
  const state = JSON.parse(row.state) as RequestState;
  const { told, offer, arranged, handOver, feedback, owner } = state;
  const due = dueOf(state);
  return {
    id: row.id,
    kind: state.kind,
    phase: state.phase,
    askedBy: state.askedBy,
    askedAt: instant(state.askedAtMs),
    presses: state.presses,
    wishedAt: instantOrNull(state.wishedAtMs),
    details: { ...state.details },
    note: state.note,
    alarmId: row.alarm_id,
    deviceId: row.device_id,
    ...(state.test ? { isTest: true as const } : {}),
    residentId: row.resident_id,
    residentName: row.resident_name,
    residentPhone: row.resident_phone,
    address: row.address,
    stationId: row.station_id,
    stationName: row.station_name,
    heldBy: row.held_by === null ? null : { id: row.held_by, name: row.holder_name ?? row.held_by },
    owner,
    takenAt: instantOrNull(state.takenAtMs),
    arrangedAt: instantOrNull(state.arrangedAtMs),
    endedAt: instantOrNull(state.endedAtMs),
    told: told && { state: told.state, at: instant(told.atMs) },
    offer: offer && {
      id: offer.id,
      provider: offer.provider,
      at: instant(offer.atMs),
      dueAt: instant(offer.dueAtMs),
    },
    arranged: arranged && {
      provider: arranged.provider,
      for: instantOrNull(arranged.forMs),
      note: arranged.note,
    },
    handOver: handOver && {
      from: handOver.from,
      to: handOver.to,
      dueAt: instant(handOver.dueAtMs),
      note: handOver.note,
    },
    due: due && { what: due.what, at: instant(due.atMs) },
    missed: [...state.missed],
    isWithStreet: state.missed.length > 0,
    reason: state.reason,
    feedback: feedback && { score: feedback.score, note: feedback.note, at: instant(feedback.atMs) },
    version: row.version,
    cursor: row.last_seq,
  };
}

function entryOf(
  seq: number,
  atMs: number,
  step: RequestStep & { requestId?: string },
): RequestTimelineEntry {
  const line = { seq, at: instant(atMs) };
  const { requestId: _, ...own } = step;
  switch (own.step) {
    case 'asked': {
      const { askedAtMs, ...rest } = own;
      return { ...line, ...rest, askedAt: instant(askedAtMs) };
    }
    case 'offered':
    case 'missed': {
      const { dueAtMs, ...rest } = own;
      return { ...line, ...rest, dueAt: instant(dueAtMs) };
    }
    case 'handed-over': {
      const { dueAtMs, ...rest } = own;
      return { ...line, ...rest, dueAt: instant(dueAtMs) };
    }
    case 'arranged': {
      const { forMs, ...rest } = own;
      return { ...line, ...rest, for: instantOrNull(forMs) };
    }
    default:
      return { ...line, ...own };
  }
}
