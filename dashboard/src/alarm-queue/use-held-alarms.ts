import { useEffect, useMemo, useRef, useState } from 'react';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { heldOrder, urgencyOrder } from './queue-order.ts';

type Alarms = ReadonlyMap<string, ShownAlarm>;

const restsAfterMs = 1_200;
/** A hand that never rests must not keep the queue out of order. */
const heldAtMostMs = 4_000;

/**
 * The rows in the order in which they are painted. While the pointer moves over them, nothing jumps: rows stay in place
 * and an alarm that has ended stays as a shade of itself.
 */
export function useHeldAlarms(alarms: Alarms): { rows: ShownAlarm[]; onPointerMove: () => void } {
  const [held, setHeld] = useState<{ ids: string[]; alarms: Alarms; since: number }>();
  const release = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sorted = useMemo(() => [...alarms.values()].toSorted(urgencyOrder), [alarms]);
  const rows = useMemo(() => {
    if (held === undefined) return sorted;
    return heldOrder(held.ids, alarms).flatMap((id): ShownAlarm[] => {
      const alarm = alarms.get(id);
      if (alarm !== undefined) return [alarm];
      const ended = held.alarms.get(id);
      return ended === undefined ? [] : [{ ...ended, phase: 'closed' }];
    });
  }, [held, alarms, sorted]);

  useEffect(() => () => clearTimeout(release.current), []);

  return {
    rows,
    onPointerMove: () => {
      clearTimeout(release.current);
      release.current = setTimeout(() => setHeld(undefined), restsAfterMs);
      if (held === undefined) {
        setHeld({ ids: sorted.map((alarm) => alarm.id), alarms, since: performance.now() });
      } else if (performance.now() - held.since > heldAtMostMs) {
        setHeld(undefined);
      }
    },
  };
}
