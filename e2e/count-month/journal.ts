import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** One entry of the journal as it stands in the file, with its body as it was written. */
export type Entry = {
  seq: number;
  atMs: number;
  step: string;
  stationId: string | null;
  residentId: string | null;
  alarmId: string | null;
  body: Record<string, unknown>;
};
export type Place = { id: string; parentId: string | null };
export type StoredReport = { organisationId: string; report: string };

/** What a hub has written into its data directory, read beside it and without any of its code. */
export type Records = {
  entries(type: 'alarm' | 'request', untilMs: number): Entry[];
  reviewed(untilMs: number): Set<string>;
  places(): Place[];
  stored(month: string): StoredReport[];
  residents(): { id: string; stationId: string; isAtRisk: boolean; enteredMs: number }[];
  visits(
    untilMs: number,
  ): { residentId: string; kind: string; isMet: boolean; isCheckedIn: boolean; atMs: number }[];
  absences(): {
    id: string;
    residentId: string;
    kind: string;
    fromMs: number;
    untilMs: number;
    setMs: number;
  }[];
  close(): void;
};

export function openRecords(dataDir: string): Records {
  const db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true });
  const all = (sql: string, ...values: (string | number)[]) =>
    db.prepare(sql).all(...values) as Record<string, string | number | null>[];
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const orNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    entries: (type, untilMs) =>
      all(
        'SELECT seq, at, kind, station_id, resident_id, alarm_id, body FROM journal WHERE type = ? AND at <= ? ORDER BY seq',
        type,
        untilMs,
      ).map((row) => ({
        seq: Number(row['seq']),
        atMs: Number(row['at']),
        step: text(row['kind']),
        stationId: orNull(row['station_id']),
        residentId: orNull(row['resident_id']),
        alarmId: orNull(row['alarm_id']),
        body: JSON.parse(text(row['body'])) as Record<string, unknown>,
      })),
    reviewed: (untilMs) =>
      new Set(
        all(
          "SELECT body ->> 'id' AS id FROM journal WHERE type = 'registry' AND kind = 'miss-reviewed' AND at <= ?",
          untilMs,
        ).map((row) => text(row['id'])),
      ),
    places: () =>
      all('SELECT id, parent_id FROM organisations').map((row) => ({
        id: text(row['id']),
        parentId: orNull(row['parent_id']),
      })),
    stored: (month) =>
      all('SELECT organisation_id, report FROM monthly_reports WHERE month = ?', month).map((row) => ({
        organisationId: text(row['organisation_id']),
        report: text(row['report']),
      })),
    residents: () =>
      all(
        `SELECT r.id, r.risk_groups, d.station_id, entered.at FROM residents r JOIN dwellings d ON d.id = r.dwelling_id
          LEFT JOIN journal entered ON entered.type = 'registry' AND entered.kind = 'resident-created'
            AND entered.body ->> 'id' = r.id`,
      ).map((row) => ({
        enteredMs: Number(row['at'] ?? 0),
        id: text(row['id']),
        stationId: text(row['station_id']),
        isAtRisk: text(row['risk_groups']) !== '[]' && text(row['risk_groups']) !== '',
      })),
    visits: (untilMs) =>
      all(
        'SELECT resident_id, kind, result, check_in, at FROM visits WHERE recorded_at <= ? ORDER BY at',
        untilMs,
      ).map((row) => ({
        residentId: text(row['resident_id']),
        kind: text(row['kind']),
        isMet: row['result'] === 'met',
        isCheckedIn: row['check_in'] !== null,
        atMs: Number(row['at']),
      })),
    absences: () =>
      all('SELECT id, resident_id, kind, from_at, until_at, set_at FROM absences').map((row) => ({
        id: text(row['id']),
        residentId: text(row['resident_id']),
        kind: text(row['kind']),
        fromMs: Number(row['from_at']),
        untilMs: Number(row['until_at']),
        setMs: Number(row['set_at']),
      })),
    close: () => db.close(),
  };
}
