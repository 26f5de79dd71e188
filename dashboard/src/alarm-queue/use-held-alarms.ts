import { useEffect, useMemo, useRef, useState } from 'react';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { heldOrder, urgencyOrder } from './queue-order.ts';
import { sizeRows } from './row-size.ts';
import type { RowSize } from './row-size.ts';

type Alarms = ReadonlyMap<string, ShownAlarm>;
type Held = { ids: string[]; sizes: ReadonlyMap<string, RowSize>; alarms: Alarms; since: number };

const restsAfterMs = 1_200;
/** A hand that never rests must not keep the queue out of order. */
const heldAtMostMs = 4_000;

export type HeldAlarms = {
  rows: readonly ShownAlarm[];
  sizes: ReadonlyMap<string, RowSize>;
  /** To be called when a pointer moves over the rows or touches them. */
  hold: () => void;
};

/**
 * The rows in the order and size in which they are painted. While a hand moves over them nothing jumps: rows stay in
 * place, and an alarm that has ended stays as a shade of itself.
 */
export function useHeldAlarms(alarms: Alarms): HeldAlarms {
  const [held, setHeld] = useState<Held>();
  const release = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sorted = useMemo(() => [...alarms.values()].toSorted(urgencyOrder), [alarms]);
  const sizesNow = useMemo(() => sizeRows(sorted), [sorted]);
  const rows = useMemo(() => {
    if (held === undefined) return sorted;
    return heldOrder(held.ids, alarms).flatMap((id): ShownAlarm[] => {
      const alarm = alarms.get(id);
      if (alarm !== undefined) return [alarm];
      const ended = held.alarms.get(id);
      return ended === undefined ? [] : [{ ...ended, phase: 'closed' }];
    });
  }, [held, alarms, sorted]);
  const sizes = useMemo(
    () => (held === undefined ? sizesNow : new Map([...sizesNow, ...held.sizes])),
    [held, sizesNow],
  );

  useEffect(() => () => clearTimeout(release.current), []);

  return {
    rows,
    sizes,
    hold: () => {
      clearTimeout(release.current);
      release.current = setTimeout(() => setHeld(undefined), restsAfterMs);
      if (held === undefined) {
        const ids = sorted.map((alarm) => alarm.id);
        setHeld({ ids, sizes: sizesNow, alarms, since: performance.now() });
      } else if (performance.now() - held.since > heldAtMostMs) {
        setHeld(undefined);
      }
    },
  };
}
