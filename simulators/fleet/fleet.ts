import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { EventIds } from '../event-ids.ts';
import type { Delivery, Happening } from '../happenings.ts';
import { seededRandom, waitingTime } from '../random.ts';
import type { Cancel, Time } from '../time.ts';
import { latenciesOf } from './figures.ts';
import { actsOfHome, heartbeatsBetween, homesOf } from './fleet-days.ts';
import type { FleetAct } from './fleet-days.ts';
import type { FleetFigures } from './figures.ts';
import { seatAll } from './seats.ts';
import type { FleetAccount, Seat } from './seats.ts';

export type FleetOptions = {
  /** New connections each second; a town's devices do not come back all at once. */
  connectionsPerSecond?: number;
  keepAliveSeconds?: number;
  pubackLimitMs?: number;
  /** Addresses of this machine to call from: one has about 28,000 ports for one hub. */
  localAddresses?: readonly string[];
  /** Tells what happens at each device or gateway that has a connection. */
  observe?: (partyId: string, happening: Happening) => void;
};

export type Load = {
  /** Events each second of the whole fleet, at random moments and of random devices. */
  eventsPerSecond: number;
  durationMs: number;
  /** The share of the events that are calls for help; the others are heartbeats. */
  helpShare?: number;
};

/** The fleet lives: homes of four devices, each with a day of its own, and signs of life. */
export type Living = { startAtMs: number; pace: number; heartbeatEveryMs: number; durationMs: number };

export type Fleet = {
  readonly size: number;
  /** One for each device, or for each gateway with all that is behind it. */
  readonly connections: number;
  /** Answers when every connection is there or refused. Those out of reach keep trying. */
  connect(): Promise<{ connected: number; refused: number }>;
  press(index: number): Promise<Delivery>;
  /** Puts load on the hub, then waits for the PUBACKs up to `settleMs` (10 s). The figures are those of this run. */
  run(load: Load, settleMs?: number): Promise<FleetFigures>;
  /** Lives days by the plan, then waits for the PUBACKs up to `settleMs` (10 s). */
  live(living: Living, settleMs?: number): Promise<FleetFigures>;
  /** Figures of everything since the fleet was made or the latest run began. */
  figures(): FleetFigures;
  stop(): Promise<void>;
};

/** Below the 28,232 ports of Linux' usual range. */
const connectionsPerAddress = 25_000;
const tickMs = 200;
/** Homes are looked at in turn, so that no moment plans the day of all. */
const planAheadMs = 3_600_000;

/** A device of the fleet has no timers of its own but MQTT's keep alive: one timer here serves all of them. */
export function createFleet(
  { hubUrl, time, seed, eventIds }: { hubUrl: string; time: Time; seed: string; eventIds: () => EventIds },
  accounts: readonly FleetAccount[],
  options: FleetOptions = {},
): Fleet {
  const { connectionsPerSecond = 200, keepAliveSeconds = 300, pubackLimitMs = 20_000 } = options;
  const random = seededRandom(`${seed}:fleet`);
  const pubackMs: number[] = [];
  const reassuranceMs: number[] = [];
  const answered = new Set<string>();
  const outstanding = new Set<Promise<Delivery>>();
  const counts = { connected: 0, refused: 0 };
  const events = { sent: 0, accepted: 0, repeated: 0 };
  let whenAllAnswered: () => void = () => {};
  let isStopped = false;
  let cancelStep: Cancel = () => {};
  let endStep: () => void = () => {};
  const { parties, seats } = seatAll(accounts, {
    surroundings(id, index) {
      const { localAddresses = [] } = options;
      const localAddress = localAddresses[Math.floor(index / connectionsPerAddress)] ?? localAddresses.at(-1);
      return {
        ...(localAddress === undefined ? {} : { localAddress }),
        hubUrl,
        time,
        random: seededRandom(`${seed}:${id}`),
        nextEventId: eventIds(),
      };
    },
    keepAliveSeconds,
    pubackLimitMs,
    noted(partyId, happening, seat) {
      options.observe?.(partyId, happening);
      note(partyId, happening, seat);
    },
  });

  function note(partyId: string, happening: Happening, seat: Seat | undefined) {
    if (happening.type === 'connected') answer(partyId, 'connected');
    if (happening.type === 'disconnected' && happening.end.reason === 'refused') answer(partyId, 'refused');
    if (happening.type === 'reassured' && seat?.pressedAtMs !== undefined) {
      reassuranceMs.push(time.now() - seat.pressedAtMs);
      seat.pressedAtMs = undefined;
    }
    if (happening.type === 'accepted') {
      events.accepted += 1;
      if (happening.transmissions > 1) events.repeated += 1;
      pubackMs.push(happening.pubackMs);
    }
  }

  function answer(partyId: string, as: 'connected' | 'refused') {
    if (answered.has(partyId)) return;
    answered.add(partyId);
    counts[as] += 1;
    if (answered.size === parties.length) whenAllAnswered();
  }

  async function send(seat: Seat, kind: EventKind, details?: Record<string, unknown>): Promise<Delivery> {
    if (kind === 'button.pressed') seat.pressedAtMs ??= time.now();
    events.sent += 1;
    const { delivery } = seat.send(kind, details);
    outstanding.add(delivery);
    const outcome = await delivery;
    outstanding.delete(delivery);
    return outcome;
  }

  const help = { key: 'help', press: 'short' };

  function sendByChance(helpShare: number) {
    const seat = seats[Math.floor(random() * seats.length)];
    if (seat === undefined) return;
    const isHelp = random() < helpShare;
    void send(seat, isHelp ? 'button.pressed' : 'heartbeat', isHelp ? help : undefined);
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      endStep = resolve;
      cancelStep = time.after(delayMs, resolve);
    });
  }

  function beginAnew(): void {
    Object.assign(events, { sent: 0, accepted: 0, repeated: 0 });
    pubackMs.length = 0;
    reassuranceMs.length = 0;
  }

  function figures(): FleetFigures {
    return {
      ...events,
      puback: latenciesOf(pubackMs),
      reassurance: latenciesOf(reassuranceMs),
    };
  }

  return {
    size: seats.length,
    connections: parties.length,
    async connect() {
      const allAnswered = new Promise<void>((resolve) => {
        whenAllAnswered = resolve;
      });
      const startedAtMs = time.now();
      for (const [index, party] of parties.entries()) {
        const aheadMs = (index / connectionsPerSecond) * 1000 - (time.now() - startedAtMs);
        if (aheadMs > 0) await pause(aheadMs);
        if (isStopped) break;
        party.start();
      }
      if (parties.length > 0 && !isStopped && answered.size < parties.length) await allAnswered;
      return { connected: counts.connected, refused: counts.refused };
    },
    async press(index) {
      const seat = seats[index];
      if (seat === undefined) throw new RangeError(`the fleet has no device ${index}`);
      return await send(seat, 'button.pressed', help);
    },
    async run({ eventsPerSecond, durationMs, helpShare = 1 }, settleMs = 10_000) {
      beginAnew();
      const endsAtMs = time.now() + durationMs;
      let nextAtMs = time.now() + waitingTime(random, 1000 / eventsPerSecond);
      while (nextAtMs < endsAtMs) {
        const aheadMs = nextAtMs - time.now();
        // A timer is a millisecond at least: whatever is due by then goes out together.
        if (aheadMs > 0) await pause(aheadMs);
        if (isStopped) break;
        sendByChance(helpShare);
        nextAtMs += waitingTime(random, 1000 / eventsPerSecond);
      }
      await Promise.race([Promise.allSettled(outstanding), pause(settleMs)]);
      cancelStep();
      return figures();
    },
    async live({ startAtMs, pace, heartbeatEveryMs, durationMs }, settleMs = 10_000) {
      beginAnew();
      const homes = homesOf(seats.length).map((home) => ({ home, plannedToMs: startAtMs }));
      const beganAtMs = time.now();
      const coming = new Map<number, FleetAct[]>();
      const slotOf = (atMs: number) => Math.floor(atMs / (tickMs * pace));
      let livedToMs = startAtMs;
      let turn = 0;
      for (;;) {
        if (isStopped || time.now() - beganAtMs >= durationMs) break;
        const nowMs = startAtMs + (time.now() - beganAtMs) * pace;
        // All homes come round within half of what is planned ahead; at the start all are planned.
        const share =
          coming.size === 0
            ? homes.length
            : Math.ceil((homes.length * (nowMs - livedToMs) * 2) / planAheadMs);
        for (let count = Math.min(share, homes.length); count > 0; count -= 1) {
          const entry = homes[(turn += 1) % homes.length];
          if (entry === undefined || entry.plannedToMs - nowMs > planAheadMs / 2) continue;
          const toMs = nowMs + planAheadMs;
          for (const act of actsOfHome(entry.home, seed, entry.plannedToMs, toMs)) {
            const slot = Math.max(slotOf(act.atMs), slotOf(nowMs));
            const acts = coming.get(slot);
            if (acts === undefined) coming.set(slot, [act]);
            else acts.push(act);
          }
          entry.plannedToMs = toMs;
        }
        for (const [slot, acts] of coming) {
          if (slot > slotOf(nowMs)) continue;
          coming.delete(slot);
          for (const { index, kind } of acts) {
            const seat = seats[index];
            if (seat) void send(seat, kind);
          }
        }
        for (const index of heartbeatsBetween(seats.length, heartbeatEveryMs, livedToMs, nowMs)) {
          const seat = seats[index];
          if (seat) void send(seat, 'heartbeat');
        }
        livedToMs = nowMs;
        await pause(tickMs);
      }
      await Promise.race([Promise.allSettled(outstanding), pause(settleMs)]);
      cancelStep();
      return figures();
    },
    figures,
    async stop() {
      isStopped = true;
      cancelStep();
      endStep();
      whenAllAnswered();
      await Promise.all(parties.map((party) => party.stop()));
    },
  };
}
