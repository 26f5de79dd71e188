import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { DeviceEvent } from '@carebell/contracts/messages.ts';

/** An event that the hub has not acknowledged yet. */
export type WaitingEvent = {
  readonly id: string;
  readonly kind: EventKind;
  readonly happenedAtMs: number;
  readonly details: Record<string, unknown> | undefined;
  /** The device has a clock, which is wrong by so much, and states its time instead of an age. */
  readonly clockErrorMs?: number | undefined;
  transmissions: number;
  transmittedAtMs: number;
};

export type Outbox = {
  /** Returns the event that had to give way because the memory is full. */
  add(event: WaitingEvent): WaitingEvent | undefined;
  /** The next event to transmit, now in flight; calls for help before anything else. */
  take(nowMs: number): WaitingEvent | undefined;
  /** The hub has acknowledged it. */
  accept(id: string): WaitingEvent | undefined;
  /** Whatever was in flight waits again, in its old order. */
  connectionLost(): void;
  oldestTransmissionMs(): number | undefined;
  waiting(): WaitingEvent[];
};

/** Events that a person's safety depends on, and their withdrawals, which must not overtake them. */
const urgentKinds: ReadonlySet<EventKind> = new Set([
  'button.pressed',
  'button.cancelled',
  'fall.suspected',
  'fall.detected',
  'fall.cleared',
  'smoke.detected',
  'smoke.cleared',
  'gas.detected',
  'gas.cleared',
  'water.detected',
  'water.cleared',
] as const);

export function isUrgent(kind: EventKind): boolean {
  return urgentKinds.has(kind);
}

/** What a device keeps until the PUBACK. `limit` is the size of its memory, `window` how many may be in flight. */
export function createOutbox(limit = 500, window = 16): Outbox {
  const urgent: WaitingEvent[] = [];
  const routine: WaitingEvent[] = [];
  const inFlight = new Set<string>();

  return {
    add(event) {
      const given = urgent.length + routine.length >= limit ? giveWay() : undefined;
      (isUrgent(event.kind) ? urgent : routine).push(event);
      return given;
    },
    take(nowMs) {
      if (inFlight.size >= window) return undefined;
      const isIdle = (event: WaitingEvent) => !inFlight.has(event.id);
      const next = urgent.find(isIdle) ?? routine.find(isIdle);
      if (next === undefined) return undefined;
      inFlight.add(next.id);
      next.transmissions += 1;
      next.transmittedAtMs = nowMs;
      return next;
    },
    accept(id) {
      inFlight.delete(id);
      return remove(urgent, id) ?? remove(routine, id);
    },
    connectionLost() {
      inFlight.clear();
    },
    oldestTransmissionMs() {
      const flying = [...urgent, ...routine].filter((event) => inFlight.has(event.id));
      return flying.length === 0 ? undefined : Math.min(...flying.map((event) => event.transmittedAtMs));
    },
    waiting: () => [...urgent, ...routine],
  };

  function giveWay(): WaitingEvent | undefined {
    const oldest =
      routine.find((event) => !inFlight.has(event.id)) ?? urgent.find((event) => !inFlight.has(event.id));
    return oldest && (remove(routine, oldest.id) ?? remove(urgent, oldest.id));
  }
}

/** The message as it goes out now. Devices have no clock, so each transmission says anew how long ago it happened. */
export function eventMessage(event: WaitingEvent, nowMs: number): DeviceEvent {
  return {
    id: event.id,
    kind: event.kind,
    ...(event.clockErrorMs === undefined
      ? { ageMs: Math.max(0, Math.round(nowMs - event.happenedAtMs)) }
      : { at: new Date(event.happenedAtMs + event.clockErrorMs).toISOString() }),
    ...(event.details === undefined ? {} : { data: event.details }),
  };
}

function remove(events: WaitingEvent[], id: string): WaitingEvent | undefined {
  const index = events.findIndex((event) => event.id === id);
  return index < 0 ? undefined : events.splice(index, 1)[0];
}
