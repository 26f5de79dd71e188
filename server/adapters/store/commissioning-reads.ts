import type { CommissioningLine } from '@carebell/contracts/commissioning.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import type { CommissioningFile, CommissioningReads } from '../../commissioning/commissioning-reads.ts';
import type { SignedRecord } from '../../commissioning/signed-record.ts';
import { checkOf, commissioningOf, pointRecordOf } from './commissioning-rows.ts';
import { createHeardReads } from './commissioning-heard.ts';
import { createPointReads } from './commissioning-point-reads.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';

/** All that were signed, the first one first. */
export async function readSignedRecords(db: Kysely<Tables>): Promise<SignedRecord[]> {
  const rows = await db
    .selectFrom('commissionings')
    .selectAll()
    .where('state', '=', 'signed')
    .orderBy('ended_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    signedAtMs: row.ended_at ?? 0,
    content: row.content,
    previousSha256: row.previous_sha256 ?? '',
    sha256: row.sha256 ?? '',
  }));
}

export function createCommissioningReads(db: Kysely<Tables>): CommissioningReads {
  const count = (state: 'passed' | 'skipped' | 'waiting') => {
    const is = {
      passed: sql`c.passed_at IS NOT NULL`,
      skipped: sql`c.passed_at IS NULL AND c.point_id IS NOT NULL`,
      waiting: sql`c.passed_at IS NULL AND c.point_id IS NULL`,
    }[state];
    return sql<number>`(SELECT count(*) FROM commissioning_checks AS c
      WHERE c.commissioning_id = commissionings.id AND ${is})`;
  };
  const lines = () =>
    db
      .selectFrom('commissionings')
      .leftJoin('dwellings', 'dwellings.id', 'commissionings.dwelling_id')
      .leftJoin('organisations', 'organisations.id', 'commissionings.station_id')
      .leftJoin('users', 'users.id', 'commissionings.started_by')
      .selectAll('commissionings')
      .select([
        'dwellings.address',
        'organisations.name as station_name',
        'users.display_name',
        count('passed').as('passed'),
        count('skipped').as('skipped'),
        count('waiting').as('waiting'),
        sql<number>`(SELECT count(DISTINCT c.device_id) FROM commissioning_checks AS c
          WHERE c.commissioning_id = commissionings.id)`.as('device_count'),
      ]);

  return {
    async commissionings({ scope, state, startedBy, dwellingId, stationId, limit, after }) {
      let query = lines()
        .where(isInScope('commissionings.station_id', scope))
        .orderBy('commissionings.started_at', 'desc')
        .orderBy('commissionings.id', 'desc')
        .limit(limit + 1);
      if (state !== 'all') query = query.where('commissionings.state', '=', state);
      if (startedBy !== undefined) query = query.where('commissionings.started_by', '=', startedBy);
      if (dwellingId !== undefined) query = query.where('commissionings.dwelling_id', '=', dwellingId);
      if (stationId !== undefined) query = query.where('commissionings.station_id', '=', stationId);
      const [, at, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
      if (at !== undefined && id !== undefined)
        query = query.where(
          sql<boolean>`(commissionings.started_at, commissionings.id) < (${Number(at)}, ${id})`,
        );
      const rows = await query.execute();
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(lineOf),
        cursor: rows.length > limit && last ? `${last.started_at}.${last.id}` : null,
      };
    },
    async file(id): Promise<CommissioningFile | undefined> {
      const row = await lines().where('commissionings.id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      const record = commissioningOf(row);
      const checks = await db
        .selectFrom('commissioning_checks')
        .selectAll()
        .where('commissioning_id', '=', id)
        .execute();
      const ids = [...new Set(checks.map((check) => check.device_id))];
      let found = db
        .selectFrom('devices')
        .select(['id', 'type', 'name', 'room', 'gateway_id', 'dwelling_id'])
        .where('id', 'in', ids.length > 0 ? ids : ['']);
      // While it is open, what went elsewhere is not asked for any more.
      if (record.state === 'open') found = found.where('dwelling_id', '=', record.dwellingId);
      const devices = await found.orderBy('room').orderBy('id').execute();
      const points = await db
        .selectFrom('commissioning_points')
        .selectAll()
        .where('commissioning_id', '=', id)
        .orderBy('due_at')
        .orderBy('id')
        .execute();
      const test =
        record.testModeId === null
          ? undefined
          : await db
              .selectFrom('test_modes')
              .select(['id', 'ends_at'])
              .where('id', '=', record.testModeId)
              .where(sql<boolean>`ended_at IS NULL`)
              .executeTakeFirst();
      const people = [
        record.startedBy,
        ...points.flatMap((point) => [point.created_by, point.done_by ?? '']),
      ];
      const users = await db
        .selectFrom('users')
        .select(['id', 'display_name'])
        .where('id', 'in', people)
        .execute();
      return {
        record,
        line: lineOf(row),
        checks: checks.map(checkOf),
        devices: devices.map(({ gateway_id: gatewayId, dwelling_id: _, ...device }) => ({
          ...device,
          gatewayId,
        })),
        points: points.map(pointRecordOf),
        names: Object.fromEntries(users.map((user) => [user.id, user.display_name])),
        test: test ? { id: test.id, endsAtMs: test.ends_at } : null,
      };
    },
    async openIds() {
      const rows = await db.selectFrom('commissionings').select('id').where('state', '=', 'open').execute();
      return rows.map(({ id }) => id);
    },
    async signed(id) {
      const row = await db
        .selectFrom('commissionings')
        .selectAll()
        .where('id', '=', id)
        .where('state', '=', 'signed')
        .executeTakeFirst();
      if (!row) return undefined;
      return {
        id,
        stationId: row.station_id,
        signedAt: instant(row.ended_at ?? 0),
        signedAtMs: row.ended_at ?? 0,
        content: row.content,
        previousSha256: row.previous_sha256 ?? '',
        sha256: row.sha256 ?? '',
      };
    },
    ...createHeardReads(db),
    ...createPointReads(db),
  };
}

function lineOf(
  row: Tables['commissionings'] & {
    address: string | null;
    station_name: string | null;
    display_name: string | null;
    passed: number;
    skipped: number;
    waiting: number;
    device_count: number;
  },
): CommissioningLine {
  return {
    id: row.id,
    dwellingId: row.dwelling_id,
    address: row.address ?? '',
    stationId: row.station_id,
    stationName: row.station_name ?? '',
    state: row.state,
    startedAt: instant(row.started_at),
    startedBy: { id: row.started_by, displayName: row.display_name ?? row.started_by },
    endedAt: instantOrNull(row.ended_at),
    devices: row.device_count,
    checks: { passed: row.passed, skipped: row.skipped, waiting: row.waiting },
  };
}
