import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instant } from '../../clock.ts';
import type { ReviewReads, ReviewStore } from '../../review/review-store.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';

export function createReviewStore(db: Kysely<Tables>): ReviewStore {
  return {
    async insert({ alarmId, reviewedAtMs, userId, note }) {
      const row = await db
        .insertInto('miss_reviews')
        .values({ alarm_id: alarmId, reviewed_at: reviewedAtMs, user_id: userId, note })
        .onConflict((conflict) => conflict.doNothing())
        .returning('alarm_id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

export function createReviewReads(db: Kysely<Tables>): ReviewReads {
  return {
    async misses({ state, scope, limit, after }) {
      // A page goes on after the number and the identifier that the last line of the one before is ordered by.
      const [afterNumber = '', afterId = ''] = after?.split('.') ?? [];
      const place = { open: 'alarms.pressed_at', waiting: 'alarms.last_seq', reviewed: 'review.reviewed_at' }[
        state
      ];
      const key = sql.ref<number>(place);
      const isAscending = state === 'open';
      let query = db
        .selectFrom('alarms')
        .leftJoin('miss_reviews as review', 'review.alarm_id', 'alarms.id')
        .leftJoin('users', 'users.id', 'review.user_id')
        .select(['alarms.id', 'review.reviewed_at', 'review.user_id', 'review.note', 'users.display_name'])
        .select(key.as('place'))
        .where('alarms.missed_deadlines', '>', 0)
        .where('alarms.is_drill', '=', 0)
        .where('alarms.is_test', '=', 0)
        .where('alarms.phase', state === 'open' ? '<>' : '=', 'closed')
        .where(isInScope('alarms.station_id', scope))
        .orderBy(key, isAscending ? 'asc' : 'desc')
        .orderBy('alarms.id')
        .limit(limit + 1);
      if (state !== 'open')
        query = query.where('review.alarm_id', state === 'reviewed' ? 'is not' : 'is', null);
      if (afterId !== '') {
        const number = Number(afterNumber);
        const further = isAscending ? sql<boolean>`${key} > ${number}` : sql<boolean>`${key} < ${number}`;
        query = query.where(sql<boolean>`(${further} OR (${key} = ${number} AND alarms.id > ${afterId}))`);
      }
      const rows = await query.execute();
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map((row) => ({
          alarmId: row.id,
          review:
            row.reviewed_at === null
              ? null
              : {
                  at: instant(row.reviewed_at),
                  by: { id: row.user_id ?? '', displayName: row.display_name ?? '' },
                  note: row.note ?? '',
                },
        })),
        cursor: rows.length > limit && last ? `${last.place}.${last.id}` : null,
      };
    },
  };
}
