import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { ErasurePorts } from '../../history/erasures.ts';
import type { HistoryStore } from '../../history/history-store.ts';
import type { Tables } from './tables.ts';
import { forgetVisits } from './visit-erasure.ts';

/** What devices said goes; what people did about an alarm stays as evidence, hashed as it is, under the pseudonym. */
const keptTypes = ['alarm', 'request', 'registry'];

export function createErasureRows(db: Kysely<Tables>): Omit<HistoryStore, 'addDeadLetters'> {
  return {
    async hasOpenAlarm(residentId) {
      const open = await db
        .selectFrom('alarms')
        .select('id')
        .where('resident_id', '=', residentId)
        .where('phase', '<>', 'closed')
        .executeTakeFirst();
      return open !== undefined;
    },
    async forgetResident({ residentId, pseudonym, stationId, reason, requestedBy, atMs }) {
      await db
        .deleteFrom('notifications')
        .where('alarm_id', 'in', db.selectFrom('alarms').select('id').where('resident_id', '=', residentId))
        .execute();
      await db
        .updateTable('alarms')
        .set({
          resident_id: pseudonym,
          // Of a real alarm it is the whole subject, of one in test mode a part of it.
          subject: sql`replace(subject, ${`resident:${residentId}`}, ${`resident:${pseudonym}`})`,
        })
        .where('resident_id', '=', residentId)
        .execute();
      await db
        .deleteFrom('notifications')
        .where(
          'alarm_id',
          'in',
          db.selectFrom('service_requests').select('id').where('resident_id', '=', residentId),
        )
        .execute();
      // What the resident said stands in the state alone, and goes; what was done about it stays.
      await db
        .updateTable('service_requests')
        .set({
          resident_id: pseudonym,
          state: sql`json_set(state, '$.details', json('{}'), '$.note', '')`,
        })
        .where('resident_id', '=', residentId)
        .execute();
      await db.deleteFrom('dead_letters').where('resident_id', '=', residentId).execute();
      await db
        .deleteFrom('search_entries')
        .where('kind', '=', 'resident')
        .where('id', '=', residentId)
        .execute();
      // The hash stays, so that the chain of the records holds; the words go with whom they name.
      await sql`UPDATE commissionings SET content = NULL WHERE content IS NOT NULL
        AND dwelling_id = (SELECT dwelling_id FROM residents WHERE id = ${residentId})
        AND (instr(content, (SELECT name FROM residents WHERE id = ${residentId})) > 0
          OR (SELECT count(*) FROM residents AS r WHERE r.dwelling_id = commissionings.dwelling_id) = 1)`.execute(
        db,
      );
      await db.deleteFrom('absences').where('resident_id', '=', residentId).execute();
      await db.deleteFrom('care_beds').where('resident_id', '=', residentId).execute();
      await forgetVisits(db, { residentId, pseudonym });
      await db.deleteFrom('residents').where('id', '=', residentId).execute();
      await db
        .insertInto('erasures')
        .values({
          pseudonym,
          resident_id: residentId,
          station_id: stationId,
          reason,
          requested_at: atMs,
          requested_by: requestedBy,
          finished_at: null,
        })
        .execute();
    },
    async eraseEntries({ residentId, pseudonym, seqs }) {
      if (seqs.length === 0) return 0;
      const own = db
        .selectFrom('journal')
        .select('seq')
        .where('seq', 'in', seqs)
        .where('resident_id', '=', residentId)
        .where('type', 'not in', keptTypes);
      const devices = await db
        .selectFrom('journal')
        .select(['seq', 'device_id'])
        .where('seq', 'in', own)
        .execute();
      for (const { seq, device_id: deviceId } of devices) {
        if (deviceId === null) continue;
        await db
          .deleteFrom('journal_by_device')
          .where('device_id', '=', deviceId)
          .where('seq', '=', seq)
          .execute();
      }
      const { numDeletedRows } = await db.deleteFrom('journal').where('seq', 'in', own).executeTakeFirst();
      // An entry of the registry names the record in its body, which no hash covers.
      await db
        .updateTable('journal')
        .set({
          resident_id: pseudonym,
          body: sql`CASE WHEN type = 'registry' AND json_extract(body, '$.id') = ${residentId}
            THEN json_set(body, '$.id', ${pseudonym}) ELSE body END`,
        })
        .where('seq', 'in', seqs)
        .where('resident_id', '=', residentId)
        .execute();
      const removed = Number(numDeletedRows);
      await db
        .updateTable('erasures')
        .set({ entries_removed: sql`entries_removed + ${removed}` })
        .where('pseudonym', '=', pseudonym)
        .execute();
      return removed;
    },
    async finishErasure(pseudonym, atMs) {
      await db
        .updateTable('erasures')
        .set({ resident_id: null, finished_at: atMs })
        .where('pseudonym', '=', pseudonym)
        .execute();
    },
  };
}

export function createErasureReads(db: Kysely<Tables>): ErasurePorts['reads'] {
  return {
    async pendingErasures() {
      const rows = await db
        .selectFrom('erasures')
        .select(['pseudonym', 'resident_id'])
        .where('finished_at', 'is', null)
        .execute();
      return rows.flatMap(({ pseudonym, resident_id: residentId }) =>
        residentId === null ? [] : [{ pseudonym, residentId }],
      );
    },
    async entriesOf(residentId, seq, limit) {
      const end = await db
        .selectFrom(
          db
            .selectFrom('journal')
            .select('seq')
            .where('seq', '>', seq)
            .orderBy('seq')
            .limit(limit)
            .as('part'),
        )
        .select((select) => select.fn.max('seq').as('seq'))
        .executeTakeFirst();
      if (typeof end?.seq !== 'number') return null;
      const rows = await db
        .selectFrom('journal')
        .select('seq')
        .where('seq', '>', seq)
        .where('seq', '<=', end.seq)
        .where('resident_id', '=', residentId)
        .execute();
      return { seqs: rows.map((row) => row.seq), throughSeq: end.seq };
    },
  };
}
