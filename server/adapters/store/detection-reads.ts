import type { RuleChange } from '@carebell/contracts/detection.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type { DetectionReads, NightSensor, Sleeper, Told } from '../../detection/detection-reads.ts';
import type { AbsentTime } from '../../detection/facts.ts';
import type { Span } from '../../detection/wall-clock.ts';
import type { DeviceAt, Watch } from '../../detection/watch.ts';
import type { Tables } from './tables.ts';

type RulesRow = { id: string; rules: string | null; version: number | null };
type PlaceRow = RulesRow & { name: string; level: OrganisationLevel };
type SleeperRow = Pick<Sleeper, 'residentId' | 'name' | 'address' | 'dwellingId'> & {
  riskGroups: string;
  rules: string | null;
  watch: string | null;
  kind: AbsentTime['kind'] | null;
  fromMs: number | null;
  untilMs: number | null;
};
/** Of one device, for a trial: three months of a busy room. */
const entriesAtMost = 100_000;

export function createDetectionReads(db: Kysely<Tables>): DetectionReads {
  const rulesOf = (text: string | null | undefined): RuleChange[] =>
    text === null || text === undefined ? [] : (JSON.parse(text) as RuleChange[]);
  const first = async <Row>(query: { execute(db: Kysely<Tables>): Promise<{ rows: Row[] }> }) =>
    (await query.execute(db)).rows[0];
  /** An organisation and those above it, the nearest first; levels go strictly downwards. */
  const lineage = async (id: string): Promise<PlaceRow[]> =>
    (
      await sql<PlaceRow>`
        WITH RECURSIVE up (id, name, level, parent_id, step) AS (
          SELECT id, name, level, parent_id, 0 FROM organisations WHERE id = ${id}
          UNION ALL
          SELECT above.id, above.name, above.level, above.parent_id, step + 1
          FROM organisations AS above JOIN up ON above.id = up.parent_id
        )
        SELECT up.id, up.name, level, rules, version FROM up
        LEFT JOIN organisation_rules ON organisation_id = up.id ORDER BY step`.execute(db)
    ).rows;
  const residentRules = (id: string) =>
    first(
      sql<RulesRow>`SELECT resident_id AS id, rules, version FROM resident_rules WHERE resident_id = ${id}`,
    );

  return {
    async organisationRules(id) {
      return (await lineage(id)).map((row) => ({
        organisationId: row.id,
        organisationName: row.name,
        level: row.level,
        version: row.version ?? 0,
        rules: rulesOf(row.rules),
      }));
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
            OR resident_id IS NULL AND dwelling_id = ${row.dwellingId}
          ORDER BY retired_at IS NOT NULL, id`.execute(db)
      ).rows;
      const absences = await sql<AbsentTime>`
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
          ...organisations.map(({ id, name, level, rules }) => ({
            scope: 'organisation' as const,
            id,
            origin: { of: 'organisation' as const, organisationId: id, organisationName: name, level },
            rules: rulesOf(rules),
          })),
          {
            scope: 'resident' as const,
            id: residentId,
            origin: { of: 'resident' as const },
            rules: rulesOf(own?.rules),
          },
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
    async hubLife() {
      const row = await first(
        sql<{ gaps: string; aliveMs: number }>`SELECT gaps, alive_at AS aliveMs FROM detection_hub`,
      );
      return { gaps: row ? (JSON.parse(row.gaps) as Span[]) : [], aliveMs: row?.aliveMs ?? null };
    },
    async sleepers(stationId, nowMs, atMost) {
      const { rows } = await sql<SleeperRow>`
        SELECT residents.id AS residentId, residents.name, dwellings.address, dwelling_id AS dwellingId,
          risk_groups AS riskGroups, resident_rules.rules, watch,
          absences.kind, absences.from_at AS fromMs, absences.until_at AS untilMs
        FROM dwellings JOIN residents ON residents.dwelling_id = dwellings.id
        LEFT JOIN resident_rules ON resident_rules.resident_id = residents.id
        LEFT JOIN detection_watches ON detection_watches.resident_id = residents.id
        LEFT JOIN absences ON absences.resident_id = residents.id AND absences.phase = 'running'
          AND absences.from_at <= ${nowMs} AND absences.until_at > ${nowMs}
        LEFT JOIN care_beds ON care_beds.resident_id = residents.id AND care_beds.ended_at IS NULL
        WHERE station_id = ${stationId} AND (risk_groups <> '[]' OR resident_rules.rules IS NOT NULL
          OR watch IS NOT NULL OR care_beds.id IS NOT NULL)
        ORDER BY care_beds.id IS NULL, coalesce(watch ->> '$.bed.isIn', 1), watch IS NULL, watch ->> '$.bed.atMs', residents.id
        LIMIT ${atMost}`.execute(db);
      return rows.map(({ kind, fromMs, untilMs, rules, watch, riskGroups, ...row }): Sleeper => ({
        ...row,
        riskGroups: JSON.parse(riskGroups) as Resident['riskGroups'],
        rules: rulesOf(rules),
        watch: watch === null ? null : (JSON.parse(watch) as Watch),
        absences: kind === null ? [] : [{ kind, fromMs: fromMs ?? 0, untilMs: untilMs ?? 0 }],
      }));
    },
    async nightSensors(stationId) {
      const { rows } = await sql<NightSensor>`
        SELECT devices.id, type, room, devices.name, resident_id AS residentId, dwellings.id AS dwellingId
        FROM dwellings JOIN devices ON devices.dwelling_id = dwellings.id
        WHERE dwellings.station_id = ${stationId} AND type IN ('motion-sensor', 'bed-sensor', 'door-sensor')`.execute(
        db,
      );
      return rows;
    },
  };
}
