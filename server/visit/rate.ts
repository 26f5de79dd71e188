import type { VisitNumbers, WhyNot } from '@carebell/contracts/visit-rate.ts';
import type { RateRow } from './visit-reads.ts';

/** What the visit rate is counted from: whoever was away all the time is not due. */
export function visitNumbersOf(rows: readonly RateRow[]): VisitNumbers {
  const count = (wanted: (row: RateRow) => boolean): number => rows.filter(wanted).length;
  const done = count(({ phase }) => phase === 'done');
  const missed = count(({ phase }) => phase === 'missed');
  const open = count(({ phase }) => phase === 'open');
  const due = done + missed + open;
  const whyNot: VisitNumbers['whyNot'] = {};
  for (const row of rows) {
    const reason = whyNotOf(row);
    if (reason !== null && row.phase === 'missed') whyNot[reason] = (whyNot[reason] ?? 0) + 1;
  }
  const isOverdue = ({ phase, settledAtMs }: RateRow): boolean => phase === 'missed' && settledAtMs === null;
  return {
    due,
    done,
    missed,
    open,
    excused: count(({ phase }) => phase === 'excused'),
    share: due === 0 ? null : done / due,
    byKind: {
      'in-person': count(({ phase, kind }) => phase === 'done' && kind === 'in-person'),
      phone: count(({ phase, kind }) => phase === 'done' && kind === 'phone'),
      sensor: count(({ phase, kind }) => phase === 'done' && kind === 'sensor'),
    },
    onlySensor: count(({ phase, signAtMs }) => (phase === 'open' || phase === 'missed') && signAtMs !== null),
    checkedIn: count(
      ({ phase, kind, isCheckedIn }) => phase === 'done' && kind === 'in-person' && isCheckedIn,
    ),
    overdue: {
      station: count((row) => isOverdue(row) && row.tier === 'station'),
      street: count((row) => isOverdue(row) && row.tier === 'street'),
      district: count((row) => isOverdue(row) && row.tier === 'district'),
    },
    whyNot,
  };
}

/** Of one that was not done. */
export function whyNotOf({ phase, whyNot }: Pick<RateRow, 'phase' | 'whyNot'>): WhyNot | null {
  if (phase !== 'missed' && phase !== 'open') return null;
  return whyNot ?? 'not-tried';
}
