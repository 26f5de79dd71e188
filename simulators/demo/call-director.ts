import type { ButtonKey } from '@carebell/contracts/event-kinds.ts';
import { between, pick, waitingTime } from '../random.ts';
import type { Random } from '../random.ts';

/** What one resident has at hand to call with. */
export type Caller = { resident: string; canFall: boolean; canOrder: boolean; canSmoke: boolean };

export type Call =
  | { resident: string; type: 'help' }
  /** `cancelAfterMs` is null when the wearer does not get up. */
  | { resident: string; type: 'fall'; cancelAfterMs: number | null }
  | { resident: string; type: 'order'; key: Exclude<ButtonKey, 'help'> }
  | { resident: string; type: 'smoke'; clearAfterMs: number };

export type CallDirector = {
  /** When the next call may come, in milliseconds of the director's time. */
  nextAtMs(): number;
  /** The call that is due; `undefined` when enough of them wait for an answer already. */
  take(nowMs: number): Call | undefined;
  /** The resident was told that the case is closed. */
  closed(resident: string): void;
};

const minuteMs = 60_000;
/** An unanswered call keeps its resident quiet for so long. */
const patienceMs = 30 * minuteMs;
const mostOpen = { emergency: 6, order: 4 };

const streams = {
  help: { meanMs: 4 * minuteMs, group: 'emergency', fits: () => true },
  fall: { meanMs: 9 * minuteMs, group: 'emergency', fits: ({ canFall }: Caller) => canFall },
  smoke: { meanMs: 90 * minuteMs, group: 'emergency', fits: ({ canSmoke }: Caller) => canSmoke },
  order: { meanMs: 5 * minuteMs, group: 'order', fits: ({ canOrder }: Caller) => canOrder },
} as const;
type Stream = keyof typeof streams;
const streamNames = Object.keys(streams) as Stream[];

/**
 * Decides who calls, when and for what. The first call for help comes 20 seconds after the start. A resident who waits
 * for an answer does not call again, and calls stop while too many are open, so that alarms never pile up in a demo that
 * nobody watches.
 */
export function createCallDirector(
  random: Random,
  callers: readonly Caller[],
  startMs: number,
): CallDirector {
  const open = new Map<string, { sinceMs: number; group: 'emergency' | 'order' }>();
  const nextAt = new Map<Stream, number>(
    streamNames.map((name) => [
      name,
      startMs + (name === 'help' ? 20_000 : minuteMs / 2 + waitingTime(random, streams[name].meanMs)),
    ]),
  );
  const nextStream = () =>
    streamNames.toSorted((a, b) => (nextAt.get(a) ?? Infinity) - (nextAt.get(b) ?? Infinity))[0] ?? 'help';

  return {
    nextAtMs: () => nextAt.get(nextStream()) ?? Infinity,
    take(nowMs) {
      const name = nextStream();
      const { meanMs, group, fits } = streams[name];
      nextAt.set(name, nowMs + waitingTime(random, meanMs));
      for (const [resident, { sinceMs }] of open) if (nowMs - sinceMs >= patienceMs) open.delete(resident);
      if ([...open.values()].filter((call) => call.group === group).length >= mostOpen[group])
        return undefined;
      const [first, ...rest] = callers.filter((caller) => fits(caller) && !open.has(caller.resident));
      if (first === undefined) return undefined;
      const { resident } = pick(random, first, ...rest);
      open.set(resident, { sinceMs: nowMs, group });
      return callOf(name, resident, random);
    },
    closed: (resident) => open.delete(resident),
  };
}

function callOf(name: Stream, resident: string, random: Random): Call {
  switch (name) {
    case 'help':
      return { resident, type: 'help' };
    case 'fall':
      return {
        resident,
        type: 'fall',
        cancelAfterMs: random() < 0.5 ? between(random, 4_000, 15_000) : null,
      };
    case 'smoke':
      return { resident, type: 'smoke', clearAfterMs: between(random, 1, 3) * minuteMs };
    default:
      return { resident, type: 'order', key: pick(random, 'meal', 'meal', 'taxi', 'registration', 'advice') };
  }
}
