import type { NightCourse } from '@carebell/contracts/night.ts';
import { motionSpanMinutes } from '@carebell/contracts/night.ts';
import { instant, instantOrNull } from '../clock.ts';
import type { Point, SeriesGroup } from '../history/history-port.ts';
import type { NightSensor, Sleeper } from './detection-reads.ts';
import { blindSince, merged } from './sight.ts';
import { isOuterDoor, placeOf } from './watch.ts';
import { onDayOf } from './wall-clock.ts';
import type { Span, ZoneMs } from './wall-clock.ts';

const hourMs = 3_600_000;
const nightBegins = '20:00';
const nightMs = 12 * hourMs;
/** Who went to bed earlier than this before the night begins is drawn in bed only from the next event on. */
export const beforeNightMs = 12 * hourMs;
export const courseKinds = ['bed.entered', 'bed.left', 'door.opened'] as const;
export const motionSpanMs = motionSpanMinutes * 60_000;

/** The night that runs, or the last one. */
export function nightAround(nowMs: number, zone: ZoneMs): Span {
  const todayMs = onDayOf(nowMs, nightBegins, zone);
  const fromMs = nowMs >= todayMs ? todayMs : onDayOf(nowMs, nightBegins, zone, -1);
  return { fromMs, untilMs: fromMs + nightMs };
}

type Told = { points: readonly Point[]; motion: readonly SeriesGroup[] };
type Surrounding = { night: Span; nowMs: number; hubGaps: readonly Span[] };

/** What each resident did in a night, from what is stored of the station's devices; `points` in the order of time. */
export function courseOf(
  sleepers: readonly Sleeper[],
  sensors: readonly NightSensor[],
  { points, motion }: Told,
  { night, nowMs, hubGaps }: Surrounding,
): NightCourse['residents'] {
  const eyes = new Map(sensors.map((sensor) => [sensor.id, sensor]));
  const isOf = (device: string | null | undefined, sleeper: Sleeper): boolean => {
    const eye = eyes.get(device ?? '');
    if (!eye) return false;
    return eye.residentId === null
      ? eye.dwellingId === sleeper.dwellingId
      : eye.residentId === sleeper.residentId;
  };
  const byDwelling = groupedBy(points, ({ tags }) => eyes.get(tags.device ?? '')?.dwellingId);
  const motionOf = groupedBy(motion, ({ tags }) => eyes.get(tags.device ?? '')?.dwellingId);
  const untilMs = Math.min(night.untilMs, nowMs);
  return sleepers.map((sleeper) => {
    const own = (byDwelling.get(sleeper.dwellingId) ?? []).filter(({ tags }) => isOf(tags.device, sleeper));
    const moved = (motionOf.get(sleeper.dwellingId) ?? []).filter(({ tags }) => isOf(tags.device, sleeper));
    const spans = moved.flatMap(({ values }) =>
      values.map(([atMs]) => Math.floor((atMs - night.fromMs) / motionSpanMs)),
    );
    return {
      residentId: sleeper.residentId,
      ...bedSpans(own, night),
      motion: [...new Set(spans)].filter((span) => span >= 0).toSorted((a, b) => a - b),
      doors: own
        .filter(({ tags, atMs }) => {
          const eye = eyes.get(tags.device ?? '');
          const isOuter = eye !== undefined && isOuterDoor({ type: eye.type, place: placeOf(eye) });
          return tags.kind === 'door.opened' && isOuter && atMs >= night.fromMs;
        })
        .map(({ atMs }) => instant(atMs)),
      blind: blindSpans(sleeper, hubGaps, { fromMs: night.fromMs, untilMs }, nowMs),
    };
  });
}

/** In bed and out of it; nothing is said of the time before the first event. */
function bedSpans(points: readonly Point[], night: Span) {
  const spans: { isIn: boolean; fromMs: number; toMs: number | null }[] = [];
  for (const { tags, atMs } of points) {
    if (tags.kind !== 'bed.entered' && tags.kind !== 'bed.left') continue;
    const isIn = tags.kind === 'bed.entered';
    const last = spans.at(-1);
    if (last?.isIn === isIn) continue;
    if (last) last.toMs = atMs;
    spans.push({ isIn, fromMs: atMs, toMs: null });
  }
  const within = (wanted: boolean) =>
    spans
      .filter(({ isIn, toMs }) => isIn === wanted && (toMs === null || toMs > night.fromMs))
      .map(({ fromMs, toMs }) => ({
        from: instant(Math.max(fromMs, night.fromMs)),
        to: instantOrNull(toMs),
      }));
  return { inBed: within(true), outOfBed: within(false) };
}

function blindSpans({ watch }: Sleeper, hubGaps: readonly Span[], seen: Span, nowMs: number) {
  const blindMs = watch && blindSince(watch, nowMs);
  const now = blindMs === null ? [] : [{ fromMs: blindMs, untilMs: Infinity }];
  return merged([...(watch?.gaps ?? []), ...hubGaps, ...now])
    .filter(({ fromMs, untilMs }) => untilMs > seen.fromMs && fromMs < seen.untilMs)
    .map(({ fromMs, untilMs }) => ({
      from: instant(Math.max(fromMs, seen.fromMs)),
      to: untilMs >= seen.untilMs ? null : instant(untilMs),
    }));
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
