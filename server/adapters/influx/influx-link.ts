import { InfluxDB } from 'influx';
import { HistoryFailure } from '../../history/history-port.ts';
import type { WriteOutcome } from '../../history/history-port.ts';

export type InfluxPlace = {
  /** `http(s)://user:password@host:8086/database` */
  url: string;
};

/** One series of an answer to a query, times in milliseconds where they were asked for. */
export type InfluxSeries = {
  name: string;
  tags?: Readonly<Record<string, string>>;
  columns: readonly string[];
  values?: readonly (readonly unknown[])[];
};

export type InfluxLink = ReturnType<typeof openInfluxLink>;

/** Never out of use: the library would answer nothing for up to 10 s after one failure, and the follower has a back-off of its own. */
const noBackoff = { getDelay: () => 0, next: () => noBackoff, reset: () => noBackoff };
/** InfluxDB gives a write up after 10 s itself. */
const writeWithinMs = 12_000;
/** Somebody waits for the page. */
const readWithinMs = 15_000;
/** Downsampling a day of a whole town, or dropping years of one resident, takes its time. */
const longWithinMs = 120_000;
/** A query longer than this goes in the body: servers cut addresses. */
const longestAddress = 4_000;

/** HTTP to one InfluxDB through its library, without the library's own retries. */
export function openInfluxLink({ url }: InfluxPlace) {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const isSecure = protocol === 'https:';
  const database = decodeURIComponent(pathname.slice(1)) || 'carebell';
  const client = new InfluxDB({
    protocol: isSecure ? 'https' : 'http',
    host: hostname,
    port: Number(port || (isSecure ? 443 : 80)),
    database,
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    pool: { maxRetries: 0, requestTimeout: longWithinMs, backoff: noBackoff },
  });

  /** The library waits for ever when a connection ends in the middle of an answer. */
  async function inTime<T>(request: Promise<T>, withinMs: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${withinMs} ms`)), withinMs);
    });
    try {
      return await Promise.race([request, overdue]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    database,

    /** Sends lines of the line protocol as they are. */
    async write(lines: string): Promise<WriteOutcome> {
      try {
        // The library writes a measurement as it stands and adds nothing for a point without tags, values and time. Its own
        // encoding knows no integers without a schema, and spoils a backslash before an apostrophe.
        await inTime(client.writePoints([{ measurement: lines }], { precision: 'n' }), writeWithinMs);
        return { ok: true };
      } catch (error) {
        return outcomeOf(error);
      }
    },

    async query(influxQl: string, times: 'ms' | 'rfc3339' = 'ms'): Promise<InfluxSeries[]> {
      const isRead = influxQl.startsWith('SELECT') && !influxQl.includes(' INTO ');
      const method = influxQl.length > longestAddress || !isRead ? 'POST' : 'GET';
      let answer: { results?: { series?: InfluxSeries[]; error?: string }[] };
      try {
        answer = (await inTime(
          client.queryRaw(influxQl, { method, ...(times === 'ms' ? { precision: 'ms' } : {}) }),
          isRead ? readWithinMs : longWithinMs,
        )) as typeof answer;
      } catch (cause) {
        throw new HistoryFailure(`InfluxDB: ${messageOf(cause)}`, { cause });
      }
      const [result] = answer.results ?? [];
      if (result?.error !== undefined) throw new HistoryFailure(`InfluxDB: ${result.error}`);
      return result?.series ?? [];
    },

    async ping(): Promise<boolean> {
      const [host] = await inTime(client.ping(5_000), 6_000);
      return host?.online ?? false;
    },
  };
}

/**
 * A refusal speaks of the points; anything else, such as a wrong password, a missing database or a full disk, of the
 * store, and must never let a point be given up.
 */
const refusals = [
  'partial write',
  'field type conflict',
  'unable to parse',
  'invalid ',
  'max-values-per-tag',
  'max-series-per-database',
  'Request Entity Too Large',
];

function outcomeOf(error: unknown): WriteOutcome {
  const message = messageOf(error);
  // Too old to be kept: the store has taken the others, and would forget these at once.
  if (message.includes('points beyond retention policy')) return { ok: true };
  const isAboutPoints =
    /^A (400|413|422) /.test(message) && refusals.some((words) => message.includes(words));
  return { ok: false, reason: isAboutPoints ? 'refused' : 'unavailable', message };
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return (error.message || code || error.name).slice(0, 500);
}
