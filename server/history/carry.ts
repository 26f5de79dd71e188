import type { HistoryPort, Point } from './history-port.ts';
import { lineOf } from './line-protocol.ts';
import { pointsOf } from './points.ts';
import type { JournalRow } from './points.ts';

/** The journal as it is read from, on the thread that carries. */
export type JournalSource = {
  /** Tells this journal from another one that wrote into the same store; `null` as long as it is empty. */
  name(): string | null;
  after(seq: number, limit: number): JournalRow[];
};

/** A point that the store will never take. */
export type RefusedPoint = {
  seq: number;
  atMs: number;
  measurement: string;
  deviceId: string | null;
  residentId: string | null;
  stationId: string | null;
  reason: string;
  line: string;
};

export type Carried =
  | {
      ok: true;
      /** Everything up to this entry is in the store or among the refused. */
      cursor: number;
      points: number;
      /** When the hub received the last entry. */
      receivedAtMs: number | null;
      /** The journal has no more at the moment. */
      isEnd: boolean;
      refused: RefusedPoint[];
    }
  | { ok: false; message: string };

type Portion = { from: number; rows: JournalRow[]; carried: { row: JournalRow; point: Point }[] };

/** Carries entries from the journal into the history, a portion at a time; the caller keeps the place. */
export function createCarrier(source: JournalSource, history: HistoryPort) {
  let ahead: Portion | null = null;

  function portionAfter(from: number, limit: number): Portion {
    const rows = source.after(from, limit);
    return { from, rows, carried: rows.flatMap((row) => pointsOf(row).map((point) => ({ row, point }))) };
  }

  /** Halves what is refused until the bad points stand alone; the store may take the rest twice, which changes nothing. */
  async function write(carried: Portion['carried'], refused: RefusedPoint[]): Promise<string | null> {
    if (carried.length === 0) return null;
    const outcome = await history.write(carried.map(({ point }) => point));
    if (outcome.ok) return null;
    if (outcome.reason === 'unavailable') return outcome.message;
    const [first] = carried;
    if (carried.length === 1 && first) {
      refused.push(refusedOf(first, outcome.message));
      return null;
    }
    const middle = Math.ceil(carried.length / 2);
    return (await write(carried.slice(0, middle), refused)) ?? (await write(carried.slice(middle), refused));
  }

  return {
    /** The place from which to go on: what the store itself says. */
    async cursor(): Promise<number> {
      const name = source.name();
      return name === null ? 0 : history.cursor(name);
    },

    async keep(seq: number): Promise<void> {
      const name = source.name();
      if (name !== null) await history.keepCursor(name, seq);
    },

    async carry({ from, atMost }: { from: number; atMost: number }): Promise<Carried> {
      const portion = ahead?.from === from ? ahead : portionAfter(from, atMost);
      ahead = null;
      const last = portion.rows.at(-1);
      if (!last) return { ok: true, cursor: from, points: 0, receivedAtMs: null, isEnd: true, refused: [] };
      const refused: RefusedPoint[] = [];
      const writing = write(portion.carried, refused);
      const isEnd = portion.rows.length < atMost;
      if (!isEnd && history.store === 'influx') {
        // A store in the network needs a while for its answer: the next portion is read meanwhile, once the request is out.
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        ahead = portionAfter(last.seq, atMost);
      }
      const failure = await writing;
      if (failure !== null) return { ok: false, message: failure };
      return {
        ok: true,
        cursor: last.seq,
        points: portion.carried.length,
        receivedAtMs: last.receivedAtMs,
        isEnd,
        refused,
      };
    },
  };
}

export type Carrier = ReturnType<typeof createCarrier>;

function refusedOf({ row, point }: { row: JournalRow; point: Point }, reason: string): RefusedPoint {
  return {
    seq: row.seq,
    atMs: row.atMs,
    measurement: point.measurement,
    deviceId: point.tags.device,
    residentId: point.tags.resident,
    stationId: point.tags.station,
    reason,
    line: lineOf(point),
  };
}
