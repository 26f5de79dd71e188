import { z } from 'zod';
import { eventKinds } from '@carebell/contracts/event-kinds.ts';
import type { EventKind } from '@carebell/contracts/event-kinds.ts';

const waitingSchema = z.object({
  id: z.string(),
  kind: z.enum(eventKinds),
  happenedAtMs: z.number(),
  details: z.record(z.string(), z.unknown()).optional(),
});
/** An event that the hub has not acknowledged yet. */
export type WaitingEvent = z.infer<typeof waitingSchema>;

/** Where a tablet keeps them, so that a press outlives a reload and an empty battery. */
export type OutboxStore = { read(): string | null; write(text: string): void };

export type Outbox = {
  add(event: WaitingEvent): void;
  accept(id: string): void;
  /** Calls for help first, then in their order. */
  waiting(): readonly WaitingEvent[];
};

/** The oldest routine events give way to new ones; a call for help never does. */
const routineAtMost = 200;
/** A press of the day before says nothing about now. */
const forgottenAfterMs = 24 * 3_600_000;

export function isCall(kind: EventKind): boolean {
  return /^(button|fall|smoke)\./.test(kind);
}

export function createOutbox(store: OutboxStore, now: () => number): Outbox {
  let events = readBack(store).filter(({ happenedAtMs }) => now() - happenedAtMs < forgottenAfterMs);

  function keep(next: WaitingEvent[]): void {
    events = next;
    store.write(JSON.stringify(events));
  }

  return {
    add(event) {
      const routine = events.filter(({ kind }) => !isCall(kind));
      const given = routine.length >= routineAtMost ? routine[0]?.id : undefined;
      keep([...events.filter(({ id }) => id !== given), event]);
    },
    accept(id) {
      if (events.some((event) => event.id === id)) keep(events.filter((event) => event.id !== id));
    },
    waiting: () => events.toSorted((a, b) => Number(isCall(b.kind)) - Number(isCall(a.kind))),
  };
}

/** The message as it goes out now: a browser's clock may be wrong, so that it says how long ago it was. */
export function eventMessage({ id, kind, happenedAtMs, details }: WaitingEvent, nowMs: number): string {
  const ageMs = Math.max(0, Math.round(nowMs - happenedAtMs));
  return JSON.stringify({ id, kind, ageMs, ...(details === undefined ? {} : { data: details }) });
}

function readBack(store: OutboxStore): WaitingEvent[] {
  try {
    return z.array(waitingSchema).parse(JSON.parse(store.read() ?? '[]'));
  } catch {
    // What another version or a torn write left there is no event.
    return [];
  }
}
