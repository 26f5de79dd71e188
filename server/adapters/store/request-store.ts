import type { Service } from '@carebell/contracts/service-catalogue.ts';
import type { Kysely, Selectable } from 'kysely';
import { dueOf, isOver } from '../../service-request/request-clocks.ts';
import type { RequestState } from '../../service-request/request-state.ts';
import type { EnteredServices, RequestRecord, RequestStore } from '../../service-request/request-store.ts';
import type { Tables } from './tables.ts';

export function createRequestStore(db: Kysely<Tables>): RequestStore {
  return {
    async load(id) {
      const row = await db.selectFrom('service_requests').selectAll().where('id', '=', id).executeTakeFirst();
      return row && requestRecordOf(row);
    },
    async ofAlarm(alarmId) {
      const row = await db
        .selectFrom('service_requests')
        .selectAll()
        .where('alarm_id', '=', alarmId)
        .executeTakeFirst();
      return row && requestRecordOf(row);
    },
    async insert(request) {
      await db
        .insertInto('service_requests')
        .values({ id: request.id, ...columnsOf(request) })
        .execute();
    },
    async update(request) {
      await db.updateTable('service_requests').set(columnsOf(request)).where('id', '=', request.id).execute();
    },
    async due(nowMs, atMost) {
      const rows = await db
        .selectFrom('service_requests')
        .selectAll()
        .where('due_at', '<=', nowMs)
        .orderBy('due_at')
        .limit(atMost)
        .execute();
      return rows.map(requestRecordOf);
    },
    services: (organisationId) => enteredServices(db, organisationId),
    servicesOf: (organisationIds) => enteredServicesOf(db, organisationIds),
    async putServices(organisationId, { version, services }) {
      const columns = { services: JSON.stringify(services), version };
      await db
        .insertInto('services')
        .values({ organisation_id: organisationId, ...columns })
        .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(columns))
        .execute();
    },
  };
}

export async function enteredServices(
  db: Kysely<Tables>,
  organisationId: string,
): Promise<EnteredServices | undefined> {
  const row = await db
    .selectFrom('services')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  return row && { version: row.version, services: JSON.parse(row.services) as Service[] };
}

/** What was entered at these organisations, in their order. */
export async function enteredServicesOf(
  db: Kysely<Tables>,
  organisationIds: readonly string[],
): Promise<Service[][]> {
  if (organisationIds.length === 0) return [];
  const rows = await db
    .selectFrom('services')
    .selectAll()
    .where('organisation_id', 'in', organisationIds)
    .execute();
  return organisationIds.map((id) => {
    const row = rows.find(({ organisation_id: organisationId }) => organisationId === id);
    return row ? (JSON.parse(row.services) as Service[]) : [];
  });
}

export function requestRecordOf(row: Selectable<Tables['service_requests']>): RequestRecord {
  return {
    id: row.id,
    alarmId: row.alarm_id,
    deviceId: row.device_id,
    residentId: row.resident_id,
    dwellingId: row.dwelling_id,
    stationId: row.station_id,
    heldBy: row.held_by,
    state: JSON.parse(row.state) as RequestState,
    version: row.version,
    lastSeq: row.last_seq,
    lastHash: row.last_hash,
  };
}

function columnsOf(request: RequestRecord): Omit<Selectable<Tables['service_requests']>, 'id'> {
  const { state } = request;
  return {
    kind: state.kind,
    phase: state.phase,
    station_id: request.stationId,
    held_by: request.heldBy,
    offered_to: state.handOver?.to.id ?? null,
    resident_id: request.residentId,
    dwelling_id: request.dwellingId,
    device_id: request.deviceId,
    alarm_id: request.alarmId,
    owner_id: state.owner?.id ?? null,
    asked_at: state.askedAtMs,
    ended_at: state.endedAtMs,
    is_waiting: !isOver(state) && (state.offer !== null || state.handOver !== null) ? 1 : 0,
    is_missed: state.missed.length > 0 ? 1 : 0,
    is_test: state.test ? 1 : 0,
    due_at: dueOf(state)?.atMs ?? null,
    state: JSON.stringify(state),
    version: request.version,
    last_seq: request.lastSeq,
    last_hash: request.lastHash,
  };
}
