import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { RuleChange } from '@carebell/contracts/detection.ts';
import type { DeviceType, Resident } from '@carebell/contracts/registry.ts';
import type { DetectionStore, Line, Watched } from '../../detection/detection-store.ts';
import type { AbsentTime } from '../../detection/facts.ts';
import type { Span } from '../../detection/wall-clock.ts';
import type { Watch } from '../../detection/watch.ts';

const follower = 'detection';
/** Absences that ended before this time are of no account any more. */
const absencesKeptMs = 3 * 24 * 3_600_000;

/** What detection reads and writes, on prepared statements: it sees every event that a device sends. */
export function createDetectionRows(db: DatabaseSync): DetectionStore {
  const rowsOf = <Row>(sql: string) => {
    const statement = db.prepare(sql);
    return (...values: SQLInputValue[]): Row[] => statement.all(...values) as Row[];
  };
  const write = (sql: string) => {
    const statement = db.prepare(sql);
    return (...values: SQLInputValue[]): Promise<void> => {
      statement.run(...values);
      return Promise.resolve();
    };
  };
  const cursor = rowsOf<{ cursor: number }>('SELECT cursor FROM followers WHERE name = ?');
  const keepCursor = write(
    'INSERT INTO followers (name, cursor) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor',
  );
  const lastSeq = rowsOf<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal');
  // Of an event only its kind matters; what is in it crosses no boundary.
  const linesAfter = rowsOf<Omit<Line, 'body'> & { body: string | null }>(
    `SELECT seq, type, at AS atMs, received_at AS receivedMs, device_id AS deviceId, kind,
       CASE WHEN type IN ('reading', 'availability') THEN body END AS body
     FROM journal WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  const device = rowsOf<{
    id: string;
    type: DeviceType;
    room: string;
    name: string;
    residentId: string | null;
    dwellingId: string | null;
  }>(
    'SELECT id, type, room, name, resident_id AS residentId, dwelling_id AS dwellingId FROM devices WHERE id = ? AND retired_at IS NULL',
  );
  const residentsIn = rowsOf<{ id: string }>('SELECT id FROM residents WHERE dwelling_id = ?');
  const behind = rowsOf<{ id: string }>('SELECT id FROM devices WHERE gateway_id = ?');
  const resident = rowsOf<{
    dwellingId: string;
    riskGroups: string;
    rules: string | null;
    stationId: string;
    ofStation: string | null;
    ofStreet: string | null;
    ofDistrict: string | null;
    buttonId: string | null;
  }>(
    // Levels go strictly downwards, so a way up has at most three places.
    `SELECT residents.dwelling_id AS dwellingId, risk_groups AS riskGroups, resident_rules.rules,
       dwellings.station_id AS stationId, a.rules AS ofStation, b.rules AS ofStreet, c.rules AS ofDistrict,
       (SELECT id FROM devices WHERE type IN ('button', 'terminal') AND is_registered = 1
          AND (devices.resident_id = residents.id
               OR devices.resident_id IS NULL AND devices.dwelling_id = residents.dwelling_id)
        ORDER BY id LIMIT 1) AS buttonId
     FROM residents JOIN dwellings ON dwellings.id = residents.dwelling_id
     LEFT JOIN resident_rules ON resident_rules.resident_id = residents.id
     LEFT JOIN organisations AS station ON station.id = dwellings.station_id
     LEFT JOIN organisations AS street ON street.id = station.parent_id
     LEFT JOIN organisation_rules AS a ON a.organisation_id = station.id
     LEFT JOIN organisation_rules AS b ON b.organisation_id = street.id
     LEFT JOIN organisation_rules AS c ON c.organisation_id = street.parent_id
     WHERE residents.id = ?`,
  );
  const absences = rowsOf<AbsentTime>(
    `SELECT kind, from_at AS fromMs, min(until_at, coalesce(ended_at, until_at)) AS untilMs
     FROM absences WHERE resident_id = ? AND coalesce(ended_at, until_at) > max(?, from_at) ORDER BY from_at`,
  );
  const watch = rowsOf<{ watch: string }>('SELECT watch FROM detection_watches WHERE resident_id = ?');
  const putWatch = write(
    `INSERT INTO detection_watches (resident_id, watch, due_at) VALUES (?, ?, ?)
     ON CONFLICT (resident_id) DO UPDATE SET watch = excluded.watch, due_at = excluded.due_at`,
  );
  const due = rowsOf<{ id: string }>(
    'SELECT resident_id AS id FROM detection_watches WHERE due_at <= ? ORDER BY due_at LIMIT ?',
  );
  const nextDue = rowsOf<{ dueMs: number | null }>(
    'SELECT min(due_at) AS dueMs FROM detection_watches WHERE due_at IS NOT NULL',
  );
  const hub = rowsOf<{ aliveMs: number; gaps: string }>(
    'SELECT alive_at AS aliveMs, gaps FROM detection_hub',
  );
  const putHub = write(
    `INSERT INTO detection_hub (id, alive_at, gaps) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET alive_at = excluded.alive_at, gaps = excluded.gaps`,
  );
  const changesOf = {
    organisation: rowsOf<{ rules: string; version: number }>(
      'SELECT rules, version FROM organisation_rules WHERE organisation_id = ?',
    ),
    resident: rowsOf<{ rules: string; version: number }>(
      'SELECT rules, version FROM resident_rules WHERE resident_id = ?',
    ),
  };
  const putChanges = {
    organisation: write(
      `INSERT INTO organisation_rules (organisation_id, rules, version) VALUES (?, ?, ?)
       ON CONFLICT (organisation_id) DO UPDATE SET rules = excluded.rules, version = excluded.version`,
    ),
    resident: write(
      `INSERT INTO resident_rules (resident_id, rules, version) VALUES (?, ?, ?)
       ON CONFLICT (resident_id) DO UPDATE SET rules = excluded.rules, version = excluded.version`,
    ),
  };

  return {
    cursor: () => Promise.resolve(cursor(follower)[0]?.cursor),
    keepCursor: (seq) => keepCursor(follower, seq),
    lastSeq: () => Promise.resolve(lastSeq()[0]?.seq ?? 0),
    linesAfter(seq, atMost) {
      const rows = linesAfter(seq, atMost);
      const lines = rows
        .filter(({ type, deviceId }) => wanted.has(type) && (deviceId !== null || type === 'registry'))
        .map((row) => ({ ...row, body: row.body === null ? null : (JSON.parse(row.body) as unknown) }));
      return Promise.resolve({ lines, untilSeq: rows.at(-1)?.seq ?? seq, count: rows.length });
    },
    eye(deviceId) {
      const [row] = device(deviceId);
      if (!row) return Promise.resolve(undefined);
      const { residentId, dwellingId, ...at } = row;
      const own = residentId !== null ? [residentId] : null;
      const residentIds = own ?? (dwellingId === null ? [] : residentsIn(dwellingId).map(({ id }) => id));
      return Promise.resolve({ ...at, residentIds });
    },
    devicesBehind: (gatewayId) => Promise.resolve(behind(gatewayId).map(({ id }) => id)),
    watched(residentId, nowMs) {
      const [row] = resident(residentId);
      if (!row) return Promise.resolve(undefined);
      const { riskGroups, rules, ofStation, ofStreet, ofDistrict, ...rest } = row;
      const watched: Watched = {
        ...rest,
        residentId,
        riskGroups: JSON.parse(riskGroups) as Resident['riskGroups'],
        absences: absences(residentId, nowMs - absencesKeptMs),
        changes: [ofDistrict, ofStreet, ofStation, rules].map((text) =>
          text === null ? [] : (JSON.parse(text) as RuleChange[]),
        ),
      };
      return Promise.resolve(watched);
    },
    watch(residentId) {
      const [row] = watch(residentId);
      return Promise.resolve(row ? (JSON.parse(row.watch) as Watch) : null);
    },
    putWatch: (residentId, value) => putWatch(residentId, JSON.stringify(value), value.dueMs),
    due: (nowMs, atMost) => Promise.resolve(due(nowMs, atMost).map(({ id }) => id)),
    nextDueMs: () => Promise.resolve(nextDue()[0]?.dueMs ?? null),
    hubLife() {
      const [row] = hub();
      return Promise.resolve(row && { aliveMs: row.aliveMs, gaps: JSON.parse(row.gaps) as Span[] });
    },
    putHubLife: ({ aliveMs, gaps }) => putHub(aliveMs, JSON.stringify(gaps)),
    ruleChanges(scope, id) {
      const [row] = changesOf[scope](id);
      return Promise.resolve(row && { version: row.version, rules: JSON.parse(row.rules) as RuleChange[] });
    },
    putRuleChanges: (scope, id, { rules, version }) => putChanges[scope](id, JSON.stringify(rules), version),
  };
}

const wanted: ReadonlySet<string> = new Set(['event', 'reading', 'availability', 'registry']);
