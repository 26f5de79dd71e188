import type { Aggregate } from '@carebell/contracts/history.ts';

export const measurements = [
  'event',
  'reading',
  'availability',
  'gateway_health',
  'echo',
  'malformed',
  'alarm_step',
  'alarm_response',
] as const;
export type Measurement = (typeof measurements)[number];

/** What points are found by. Each is of low cardinality, and follows from the journal alone. */
export const tagNames = ['device', 'resident', 'station', 'kind'] as const;
export type TagName = (typeof tagNames)[number];
export type Tags = Readonly<Record<TagName, string | null>>;

/**
 * One point. Measurement, tags and time together are its identity: writing it again changes nothing. The time is `atMs`
 * milliseconds since the epoch and `sub` nanoseconds (0–999,999), which are the journal's sequence number modulo a million.
 */
export type Point = {
  measurement: Measurement;
  tags: Tags;
  atMs: number;
  sub: number;
  fields: Readonly<Record<string, number | string>>;
};

export type PointFilter = {
  devices?: readonly string[] | undefined;
  resident?: string | undefined;
  stations?: readonly string[] | undefined;
  kinds?: readonly string[] | undefined;
};
export type PointTime = Pick<Point, 'atMs' | 'sub'>;

export type PointQuery = {
  measurement: Measurement;
  filter: PointFilter;
  fromMs: number;
  /** Not included. */
  toMs: number;
  order: 'newest' | 'oldest';
  /** The last point of the page before. */
  after?: PointTime | undefined;
  limit: number;
};

export type SeriesQuery = {
  measurement: Measurement;
  filter: PointFilter;
  fromMs: number;
  toMs: number;
  aggregate: Aggregate;
  field: string;
  everyMs: number;
  /** Spans begin at multiples of `everyMs` minus this: the distance of the local time zone from UTC. */
  zoneMs: number;
  groupBy: readonly TagName[];
};
/** `values` are the beginning of the span and the aggregate, in order; empty spans are left out. */
export type SeriesGroup = { tags: Partial<Record<TagName, string>>; values: [atMs: number, value: number][] };

/**
 * `unavailable`: nothing can be said of what was stored, write it again later. `refused`: the store will never take at
 * least one of these points; it may have stored the others.
 */
export type WriteOutcome = { ok: true } | { ok: false; reason: 'unavailable' | 'refused'; message: string };

/**
 * The store of event streams. Every method but `write` and `health` rejects with a {@link HistoryFailure} when the store
 * cannot be reached.
 */
export type HistoryPort = {
  readonly store: 'sqlite' | 'influx';
  write(points: readonly Point[]): Promise<WriteOutcome>;
  /** Up to which entry the store holds the journal of this name; 0 if it holds nothing of it. */
  cursor(journal: string): Promise<number>;
  /** Call it after everything up to the entry is written: it lies in the store itself, so a wiped store is filled again. */
  keepCursor(journal: string, seq: number): Promise<void>;
  read(query: PointQuery): Promise<Point[]>;
  series(query: SeriesQuery): Promise<SeriesGroup[]>;
  /** Removes every point of the resident, downsampled ones too. */
  eraseResident(residentId: string): Promise<void>;
  health(): Promise<{ ok: true } | { ok: false; problem: string }>;
  /** A portion of what is due: retention, downsampling. `true` when more is left. */
  upkeep(nowMs: number): Promise<boolean>;
  close(): Promise<void>;
};

export class HistoryFailure extends Error {
  readonly code = 'history-failed';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HistoryFailure';
  }
}
