import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { CaseLog, CaseLogReads } from '../../audit/case-log.ts';
import type { Tables } from './tables.ts';

export function createCaseLogReads(db: Kysely<Tables>): CaseLogReads {
  /** Steps and heads come in one statement: between two, the hub could have gone on. */
  async function logsOf(ids: readonly string[]): Promise<CaseLog[]> {
    if (ids.length === 0) return [];
    const rows = await db
      .selectFrom('journal')
      .leftJoin('alarms', 'alarms.id', 'journal.alarm_id')
      .select(['journal.alarm_id', 'journal.seq', 'journal.at', 'journal.body', 'journal.hash'])
      .select(['alarms.version', 'alarms.last_seq', 'alarms.last_hash'])
      .where('journal.alarm_id', 'in', ids)
      .where('journal.type', '=', 'alarm')
      .orderBy('journal.alarm_id')
      .orderBy('journal.seq')
      .execute();
    const byCase = Map.groupBy(rows, (row) => row.alarm_id);
    return ids.map((alarmId) => {
      const own = byCase.get(alarmId) ?? [];
      const { version, last_seq: lastSeq, last_hash: lastHash } = own[0] ?? {};
      const isKnown = version !== undefined && version !== null && lastSeq != null && lastHash != null;
      return {
        alarmId,
        steps: own.map(({ seq, at, body, hash }) => ({ seq, atMs: at, body, hash })),
        head: isKnown ? { steps: version, lastSeq, lastHash } : null,
      };
    });
  }

  return {
    async caseLog(alarmId) {
      const known = await db
        .selectFrom('alarms')
        .select('id')
        .where('id', '=', alarmId)
        .unionAll(
          db
            .selectFrom('journal')
            .select(sql<string>`alarm_id`.as('id'))
            .where('alarm_id', '=', alarmId)
            .limit(1),
        )
        .execute();
      return known.length === 0 ? undefined : (await logsOf([alarmId]))[0];
    },
    async caseLogs(after, limit) {
      const cases = await db
        .selectFrom('alarms')
        .select('id')
        .where('id', '>', after)
        .union(
          db
            .selectFrom('journal')
            .select(sql<string>`alarm_id`.as('id'))
            .where('alarm_id', '>', after),
        )
        .orderBy('id')
        .limit(limit)
        .execute();
      return logsOf(cases.map(({ id }) => id));
    },
  };
}
