import type { RuleChange } from '@carebell/contracts/detection.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DetectionReads, Told } from '../../detection/detection-reads.ts';
import type { AbsenceSpan } from '../../detection/facts.ts';
import type { Span } from '../../detection/wall-clock.ts';
import type { DeviceAt } from '../../detection/watch.ts';
import type { Tables } from './tables.ts';

type RulesRow = { id: string; rules: string | null; version: number | null };
/** Of one device, for a trial: three months of a busy room. */
const entriesAtMost = 100_000;

export function createDetectionReads(db: Kysely<Tables>): DetectionReads {
  const rulesOf = (text: string | null | undefined): RuleChange[] =>
    text === null || text === undefined ? [] : (JSON.parse(text) as RuleChange[]);
  const first = async <Row>(query: { execute(db: Kysely<Tables>): Promise<{ rows: Row[] }> }) =>
    (await query.execute(db)).rows[0];
  /** An organisation and those above it, the nearest first; levels go strictly downwards. */
  const lineage = async (id: string): Promise<RulesRow[]> =>
    (
      await sql<RulesRow>`
        WITH RECURSIVE up (id, parent_id, step) AS (
          SELECT id, parent_id, 0 FROM organisations WHERE id = ${id}
          UNION ALL
          SELECT above.id, above.parent_id, step + 1 FROM organisations AS above JOIN up ON above.id = up.parent_id
        )
        SELECT up.id, rules, version FROM up
        LEFT JOIN organisation_rules ON organisation_id = up.id ORDER BY step`.execute(db)
    ).rows;
  const residentRules = (id: string) =>
    first(
      sql<RulesRow>`SELECT resident_id AS id, rules, version FROM resident_rules WHERE resident_id = ${id}`,
    );

  return {
    async organisationRules(id) {
      const [own] = await lineage(id);
      return { version: own?.version ?? 0, rules: rulesOf(own?.rules) };
    },
    async inheritedRules(id) {
      const above = (await lineage(id)).slice(1);
      return above.map((row) => ({ organisationId: row.id, rules: rulesOf(row.rules) }));
    },
    async residentRules(id) {
      const row = await residentRules(id);
      return { version: row?.version ?? 0, rules: rulesOf(row?.rules) };
    },
    async replayed(residentId, sinceMs) {
      const row = await first(sql<{
        name: string;
        dwellingId: string;
        stationId: string;
        riskGroups: string;
      }>`
        SELECT residents.name, dwelling_id AS dwellingId, station_id AS stationId, risk_groups AS riskGroups
        FROM residents JOIN dwellings ON dwellings.id = dwelling_id WHERE residents.id = ${residentId}`);
      if (!row) return undefined;
      const devices = (
        await sql<DeviceAt>`
          SELECT id, type, room, name FROM devices WHERE resident_id = ${residentId}
            OR resident_id IS NULL AND dwelling_id = ${row.dwellingId} ORDER BY id`.execute(db)
      ).rows;
      const absences = await sql<AbsenceSpan>`
        SELECT kind, from_at AS fromMs, min(until_at, coalesce(ended_at, until_at)) AS untilMs
        FROM absences WHERE resident_id = ${residentId} AND coalesce(ended_at, until_at) > ${sinceMs}
        ORDER BY from_at`.execute(db);
      const organisations = (await lineage(row.stationId)).toReversed();
      const own = await residentRules(residentId);
      return {
        ...row,
        residentId,
        riskGroups: JSON.parse(row.riskGroups) as Resident['riskGroups'],
        devices,
        buttonId: devices.find(({ type }) => type === 'button' || type === 'terminal')?.id ?? null,
        absences: absences.rows,
        changes: [
          ...organisations.map(({ id, rules }) => ({
            scope: 'organisation' as const,
            id,
            rules: rulesOf(rules),
          })),
          { scope: 'resident' as const, id: residentId, rules: rulesOf(own?.rules) },
        ],
      };
    },
    async residentsBelow(organisationId, atMost) {
      const { rows } = await sql<{ id: string }>`
        WITH RECURSIVE down (id) AS (
          SELECT id FROM organisations WHERE id = ${organisationId}
          UNION ALL
          SELECT below.id FROM organisations AS below JOIN down ON below.parent_id = down.id
        )
        SELECT residents.id FROM residents JOIN dwellings ON dwellings.id = dwelling_id
        WHERE station_id IN (SELECT id FROM down)
          AND EXISTS (SELECT 1 FROM devices WHERE devices.resident_id = residents.id
                      OR devices.dwelling_id = dwellings.id)
        ORDER BY residents.id LIMIT ${atMost}`.execute(db);
      return rows.map(({ id }) => id);
    },
    async toldBy(deviceIds, sinceMs) {
      const told: Told[] = [];
      for (const deviceId of deviceIds) {
        const { rows } = await sql<Told>`
          SELECT journal.seq, type, journal.device_id AS deviceId, kind, at AS atMs, received_at AS receivedMs,
            CASE WHEN type = 'reading' THEN body END AS body
          FROM journal_by_device JOIN journal ON journal.seq = journal_by_device.seq
          WHERE journal_by_device.device_id = ${deviceId} AND type IN ('event', 'reading')
            AND received_at >= ${sinceMs}
          ORDER BY journal_by_device.seq DESC LIMIT ${entriesAtMost}`.execute(db);
        told.push(...rows);
      }
      return told.toSorted((a, b) => a.seq - b.seq);
    },
    async hubGaps() {
      const row = await first(sql<{ gaps: string }>`SELECT gaps FROM detection_hub`);
      return row ? (JSON.parse(row.gaps) as Span[]) : [];
    },
  };
}
