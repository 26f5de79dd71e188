import { useEffect, useEffectEvent, useRef } from 'react';
import { urgencyOrder } from '../alarm-queue/queue-order.ts';
import type { ShownAlarm } from './pending-steps.ts';

/** Calls back with the alarms that have come in and wait for someone, the most urgent first. */
export function useArrivals(
  alarms: ReadonlyMap<string, ShownAlarm>,
  onArrived: (arrived: readonly [ShownAlarm, ...ShownAlarm[]]) => void,
): void {
  const known = useRef<ReadonlyMap<string, ShownAlarm>>(new Map());
  const tell = useEffectEvent(onArrived);
  useEffect(() => {
    const fresh = [...alarms.values()].filter(
      (alarm) => alarm.phase === 'raised' && !known.current.has(alarm.id),
    );
    known.current = alarms;
    const [first, ...others] = fresh.toSorted(urgencyOrder);
    if (first !== undefined) tell([first, ...others]);
  }, [alarms]);
}
