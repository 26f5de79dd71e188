import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { AbsenceRecord, AbsenceStore } from '../../resident/absence-store.ts';
import { opened, sealed } from './sealed-texts.ts';
import type { Tables } from './tables.ts';
import { lookAgain } from './visit-store.ts';

export function createAbsenceStore(db: Kysely<Tables>): AbsenceStore {
  const all = () => db.selectFrom('absences').selectAll().select(opened('absences.note').as('note'));
  return {
    async insert(absence) {
      await db
        .insertInto('absences')
        .values({ id: absence.id, ...columnsOf(absence) })
        .execute();
      await lookAgain(db, absence);
    },
    async load(id) {
      const row = await all().where('id', '=', id).executeTakeFirst();
      return row && absenceRecordOf(row);
    },
    async update(absence) {
      await db
        .updateTable('absences')
        .set({ ...columnsOf(absence), version: absence.version + 1 })
        .where('id', '=', absence.id)
        .execute();
      await lookAgain(db, absence);
    },
    async pending(residentId) {
      const rows = await all()
        .where('resident_id', '=', residentId)
        .where('phase', '<>', 'over')
        .orderBy('from_at')
        .execute();
      return rows.map(absenceRecordOf);
    },
    async due(nowMs) {
      const rows = await all()
        .where(sql<boolean>`due_at IS NOT NULL`)
        .where('due_at', '<=', nowMs)
        .orderBy('due_at')
        // Of two that meet, the one that ends comes before the one that begins.
        .orderBy('phase', 'desc')
        .limit(200)
        .execute();
      return rows.map(absenceRecordOf);
    },
    async openAlarmsOf(residentId) {
      const rows = await db
        .selectFrom('alarms')
        .select('id')
        .where('resident_id', '=', residentId)
        .where('phase', '<>', 'closed')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function absenceRecordOf(row: Selectable<Tables['absences']> & { note: string }): AbsenceRecord {
  return {
    id: row.id,
    residentId: row.resident_id,
    kind: row.kind,
    phase: row.phase,
    fromMs: row.from_at,
    untilMs: row.until_at,
    note: row.note,
    setBy: row.set_by,
    setAtMs: row.set_at,
    endedAtMs: row.ended_at,
    endedBy: row.ended_by,
    version: row.version,
  };
}

function columnsOf(absence: AbsenceRecord) {
  const { phase, fromMs, untilMs } = absence;
  return {
    resident_id: absence.residentId,
    kind: absence.kind,
    phase,
    from_at: fromMs,
    until_at: untilMs,
    note: sealed('absences.note', absence.id, absence.note),
    set_by: absence.setBy,
    set_at: absence.setAtMs,
    ended_at: absence.endedAtMs,
    ended_by: absence.endedBy,
    due_at: phase === 'over' ? null : phase === 'planned' ? fromMs : untilMs,
    version: absence.version,
  };
}
