import type { Clock } from '../../clock.ts';
import { HistoryFailure } from '../../history/history-port.ts';
import type { HistoryPort, Point, SeriesQuery, WriteOutcome } from '../../history/history-port.ts';
import { lineOf, nanosecondsOf } from '../../history/line-protocol.ts';
import { openInfluxLink } from './influx-link.ts';
import type { InfluxPlace } from './influx-link.ts';
import { groupsOf, literal, name, pointsOf, readQuestion, seriesQuestion } from './influx-questions.ts';
import type { Grain } from './influx-questions.ts';
import { between, downsample, grainsOf, setUp } from './influx-set-up.ts';

export type InfluxHistorySetting = InfluxPlace & { days: number; zoneMs: number };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** What is older than this when it is written, the continuous queries have gone past already. */
const lateMs = 3 * hourMs;

/** The history in an InfluxDB 1.x, or in a later one through its endpoints for version 1. */
export function openInfluxHistory(
  { days, zoneMs, ...place }: InfluxHistorySetting,
  clock: Pick<Clock, 'now'>,
): HistoryPort {
  const link = openInfluxLink(place);
  let isSetUp = false;
  /** What must be downsampled by hand, because it came late; at the start what came before a stop. */
  let late: { fromMs: number; toMs: number } | null = { fromMs: clock.now() - 2 * dayMs, toMs: clock.now() };

  /** Fails as long as nothing answers; without the rights to create anything the database must be there. */
  async function prepare(): Promise<void> {
    if (isSetUp) return;
    await setUp(link, { days, zoneMs });
    isSetUp = true;
  }

  /** Whatever has failed may have lost its database: the next attempt creates it, and fills it from the start if its cursor is gone. */
  async function send(lines: string): Promise<WriteOutcome> {
    const outcome = await link.write(lines);
    if (!outcome.ok && outcome.reason === 'unavailable') isSetUp = false;
    return outcome;
  }

  async function write(points: readonly Point[]): Promise<WriteOutcome> {
    if (points.length === 0) return { ok: true };
    try {
      if (!isSetUp) await prepare();
    } catch (error) {
      return {
        ok: false,
        reason: 'unavailable',
        message: error instanceof Error ? error.message : String(error),
      };
    }
    const outcome = await send(linesOf(points));
    if (outcome.ok) noteLate(points);
    return outcome;
  }

  function noteLate(points: readonly Point[]): void {
    const onTimeMs = clock.now() - lateMs;
    for (const { atMs } of points) {
      if (atMs >= onTimeMs) continue;
      late ??= { fromMs: atMs, toMs: atMs + 1 };
      if (atMs < late.fromMs) late.fromMs = atMs;
      if (atMs >= late.toMs) late.toMs = atMs + 1;
    }
  }

  function grainOf({ fromMs, everyMs, zoneMs: wantedMs }: SeriesQuery): Grain {
    if (fromMs >= clock.now() - days * dayMs) return 'points';
    if (everyMs % dayMs === 0 && wantedMs === zoneMs) return 'carebell_daily';
    return everyMs % hourMs === 0 && wantedMs % hourMs === 0 ? 'carebell_hourly' : 'points';
  }

  return {
    store: 'influx',
    write,
    async cursor(journal) {
      await prepare();
      const question = `SELECT last("seq") FROM "carebell_cursor" WHERE "journal" = ${literal(journal)}`;
      const [series] = await link.query(question).catch((error: unknown) => {
        isSetUp = false;
        throw error;
      });
      return Number(series?.values?.[0]?.[1] ?? 0);
    },
    async keepCursor(journal, seq) {
      // One point an hour: the latest is the cursor, and the store keeps it as long as everything else.
      const atMs = Math.floor(clock.now() / hourMs) * hourMs;
      const line = `carebell_cursor,journal=${journal} seq=${seq}i ${nanosecondsOf({ atMs, sub: 0 })}`;
      const outcome = await send(line);
      if (!outcome.ok) throw new HistoryFailure(`InfluxDB: ${outcome.message}`);
    },
    async read(query) {
      return pointsOf(query, await link.query(readQuestion(query), 'rfc3339'));
    },
    async series(query) {
      return groupsOf(query, await link.query(seriesQuestion(query, grainOf(query))));
    },
    async eraseResident(residentId) {
      await link.query(`DROP SERIES WHERE ${name('resident')} = ${literal(residentId)}`);
    },
    async health() {
      return (await link.ping()) ? { ok: true } : { ok: false, problem: 'InfluxDB does not answer' };
    },
    async upkeep() {
      if (late === null) return false;
      await prepare();
      const span = late;
      const day = Math.floor((span.fromMs + zoneMs) / dayMs) * dayMs - zoneMs;
      late = day + dayMs < span.toMs ? { fromMs: day + dayMs, toMs: span.toMs } : null;
      try {
        for (const grain of grainsOf(zoneMs))
          await link.query(downsample(link.database, grain, between(day, day + dayMs)));
      } catch (error) {
        late = late === null ? span : { fromMs: Math.min(span.fromMs, late.fromMs), toMs: late.toMs };
        throw error;
      }
      return late !== null;
    },
    close: () => Promise.resolve(),
  };
}

function linesOf(points: readonly Point[]): string {
  let lines = '';
  for (const point of points) lines += (lines === '' ? '' : '\n') + lineOf(point);
  return lines;
}
