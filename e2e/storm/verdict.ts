import type { StormCounts } from './storm-process.ts';
import type { WallFigures } from './wall-watch.ts';

/** What the store holds when all is quiet, read from its file. */
export type StormStored = {
  /** Devices whose press stands in the journal, and those whose alarm is open. */
  pressed: ReadonlySet<string>;
  alarmed: ReadonlySet<string>;
  backgroundEvents: number;
};

export type Figures = { p50: number; p99: number; most: number };
export type StormReport = {
  buttons: number;
  withinSeconds: number;
  backgroundPerSecond: number;
  backgroundAcknowledged: number;
  backgroundLost: number;
  heldBack: number;
  backgroundPubackP99Ms: number;
  acknowledged: number;
  /** Acknowledged and not in the journal, in no alarm, or told to no screen. */
  lost: number;
  lostConnections: number;
  /** From the write of a press, in ms: to its PUBACK, to a screen on the live feed, to the wall's count in a browser. */
  pubackMs: Figures;
  feedMs: Figures;
  wallMs: Figures | null;
  wall: Omit<WallFigures, 'counted'> | null;
  memoryMb: { before: number; most: number; after: number };
  /** Of one core, from the first press to the last alarm. */
  cores: { hub: number; generator: number; browser: number };
};

export const aims = { shownP99Ms: 1_000, keyP98Ms: 200, longestFrameMs: 1_000, memoryMoreMb: 512 } as const;

export function figuresOf(times: readonly number[]): Figures {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}

const delays = (from: readonly number[], to: readonly (number | null)[]): number[] =>
  from.flatMap((fromMs, index) => {
    const toMs = to[index] ?? null;
    return toMs === null ? [] : [toMs - fromMs];
  });

/**
 * How long after the n-th press the wall counted n emergencies. Alarms come in the order of their presses but for single ones,
 * so this is when the operator's screen knew of it, be its row in view or not.
 */
export function wallDelays(pressedAtMs: readonly number[], counted: readonly [number, number][]): number[] {
  const before = counted[0]?.[1] ?? 0;
  let look = 0;
  return pressedAtMs.flatMap((atMs, index) => {
    while (look < counted.length && (counted[look]?.[1] ?? 0) - before < index + 1) look += 1;
    const seen = counted[look];
    return seen === undefined ? [] : [seen[0] - atMs];
  });
}

export function judgeStorm(
  ids: readonly string[],
  counts: StormCounts,
  stored: StormStored,
): Pick<StormReport, 'acknowledged' | 'lost' | 'backgroundLost' | 'pubackMs' | 'feedMs'> {
  const { pressedAtMs, acknowledgedAtMs, shownAtMs, background } = counts;
  const acknowledged = ids.filter((_, index) => acknowledgedAtMs[index] !== null);
  const shown = new Set(ids.filter((_, index) => shownAtMs[index] !== null));
  const isKept = (id: string): boolean => stored.pressed.has(id) && stored.alarmed.has(id) && shown.has(id);
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((id) => !isKept(id)).length,
    backgroundLost: Math.max(0, background.acknowledged - stored.backgroundEvents),
    pubackMs: figuresOf(delays(pressedAtMs, acknowledgedAtMs)),
    feedMs: figuresOf(delays(pressedAtMs, shownAtMs)),
  };
}

/** By name, what was promised and not held; empty is as it must be. */
export function brokenInStorm(report: StormReport): string[] {
  const { wall, wallMs, memoryMb } = report;
  const checks: [string, boolean][] = [
    [`${report.lost} presses lost`, report.lost > 0],
    [
      `${report.buttons - report.acknowledged} presses not acknowledged`,
      report.acknowledged < report.buttons,
    ],
    [`${report.backgroundLost} other events lost`, report.backgroundLost > 0],
    [`live feed p99 above ${aims.shownP99Ms} ms`, !(report.feedMs.p99 <= aims.shownP99Ms)],
    [`wall p99 above ${aims.shownP99Ms} ms`, wallMs !== null && !(wallMs.p99 <= aims.shownP99Ms)],
    [`a key's p98 above ${aims.keyP98Ms} ms`, wall !== null && !(wall.keyMs.p98 <= aims.keyP98Ms)],
    [`a frame above ${aims.longestFrameMs} ms`, wall !== null && !(wall.frameMs.most <= aims.longestFrameMs)],
    [`memory grew by more than ${aims.memoryMoreMb} MB`, memoryMb.most - memoryMb.before > aims.memoryMoreMb],
  ];
  return checks.flatMap(([what, isBroken]) => (isBroken ? [what] : []));
}
