import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { lookedAtOnce } from './silence-works.ts';
import type { SupervisedKey } from './silence-store.ts';

export type SilenceWatchPorts = {
  gate: Pick<Gate, 'commit' | 'store'>;
  clock: Clock;
  /** Who is waited for already, and which of them are silent. */
  known: Iterable<SupervisedKey & { isSilent: boolean; isBegun: boolean }>;
  reads: { dueSupervised(nowMs: number, atMost: number): Promise<SupervisedKey[]> };
  sightings: { seen(of: SupervisedKey['of'], id: string, atMs: number): void; flush(): Promise<void> };
  isRegistered(key: SupervisedKey): boolean;
  /** It has a living connection, which the broker ends when its keep alive is missed. */
  isConnected(of: SupervisedKey['of'], id: string): boolean;
  troubled(event: string, error: unknown): void;
};

export type SilenceWatch = {
  /** Something was heard of it, through whichever gateway. */
  heard(of: SupervisedKey['of'], id: string, atMs: number): void;
  /** Who is waited for has changed: look anew when. */
  changed(key: SupervisedKey): void;
  stop(): void;
};

const lookEveryMs = 1_000;
/** What the hub may forget of its own listening in a crash; so much more every deadline moves at the next start. */
const noteEveryMs = 15_000;
/** Timers are late by less; beyond it the clock was set, or the process stood still. */
const jumpMs = 5_000;
const stoodStillMs = 30_000;

type Standing = 'silent' | 'waited-for';

/**
 * Asks only when a deadline has passed, and notices at once when a silent one is heard. On the path of an event it costs one
 * look into a map; what was heard is in the sightings, which are stored every five seconds.
 */
export function watchSilence(ports: SilenceWatchPorts): SilenceWatch {
  const { gate, clock, reads, sightings, isRegistered, isConnected, troubled } = ports;
  const standings = new Map<string, Standing>();
  const newcomers = new Map<string, SupervisedKey>();
  const heardAgain = new Map<string, SupervisedKey & { seenAtMs: number }>();
  for (const { of, id, isSilent, isBegun } of ports.known) {
    if (isBegun || isSilent) standings.set(keyOf(of, id), isSilent ? 'silent' : 'waited-for');
  }
  let nextLookMs: number | null = 0;
  let isResumed = false;
  let isLooking = false;
  let notedAtMs = clock.monotonic();
  let last = { wall: clock.now(), even: clock.monotonic() };
  let movedByMs = 0;

  async function look(): Promise<void> {
    if (!isResumed) {
      await gate.commit('resumeListening', null);
      isResumed = true;
    }
    if (movedByMs !== 0) {
      const byMs = movedByMs;
      movedByMs = 0;
      nextLookMs = await gate.commit('moveSilenceDeadlines', byMs);
    }
    if (clock.monotonic() - notedAtMs >= noteEveryMs) {
      notedAtMs = clock.monotonic();
      await gate.commit('noteListening', null);
    }
    if (heardAgain.size > 0) await endSilences();
    if (newcomers.size > 0) await begin();
    while (nextLookMs !== null && nextLookMs <= clock.now()) if (!(await pass())) return;
  }

  /** In portions, between which presses are committed. */
  async function pass(): Promise<boolean> {
    for (const { of, id } of await reads.dueSupervised(clock.now(), lookedAtOnce)) {
      if (isConnected(of, id)) sightings.seen(of, id, clock.now());
    }
    await sightings.flush();
    // What could not be stored was perhaps heard.
    if (gate.store().is === 'failing') return false;
    const { looked, silenced, nextDeadlineMs } = await gate.commit('lookForSilence', null);
    for (const { of, id } of silenced) standings.set(keyOf(of, id), 'silent');
    nextLookMs = nextDeadlineMs;
    return looked > 0;
  }

  async function endSilences(): Promise<void> {
    const heard = [...heardAgain.values()];
    heardAgain.clear();
    for (const { of, id } of heard) standings.set(keyOf(of, id), 'waited-for');
    try {
      nextLookMs = await gate.commit('endSilence', heard);
    } catch (error) {
      for (const { of, id } of heard) standings.set(keyOf(of, id), 'silent');
      throw error;
    }
  }

  async function begin(): Promise<void> {
    // Before what was seen is written: who is heard meanwhile is stored by the next look only.
    const keys = [...newcomers.values()].slice(0, lookedAtOnce);
    await sightings.flush();
    // What is not stored as heard would never be waited for.
    if (gate.store().is === 'failing') return;
    for (const { of, id } of keys) newcomers.delete(keyOf(of, id));
    for (const { of, id } of keys) standings.set(keyOf(of, id), 'waited-for');
    try {
      const { unheard, nextDeadlineMs } = await gate.commit('beginSupervision', keys);
      // Their next sign of life brings them here again.
      for (const { of, id } of unheard) standings.delete(keyOf(of, id));
      nextLookMs = nextDeadlineMs;
    } catch (error) {
      for (const key of keys) newcomers.set(keyOf(key.of, key.id), key);
      throw error;
    }
  }

  function followClock(): void {
    const now = { wall: clock.now(), even: clock.monotonic() };
    const even = now.even - last.even;
    const jump = now.wall - last.wall - even;
    if (Math.abs(jump) > jumpMs) movedByMs += jump;
    if (even > stoodStillMs + (clock.longestStepMs ?? 0)) movedByMs += even;
    last = now;
  }

  const end = clock.every(lookEveryMs, () => {
    followClock();
    if (isLooking || gate.store().is === 'failing') return;
    isLooking = true;
    void look()
      .catch((error: unknown) => troubled('supervision.failed', error))
      .finally(() => {
        isLooking = false;
      });
  });

  return {
    heard(of, id, atMs) {
      const key = keyOf(of, id);
      const standing = standings.get(key);
      if (standing === 'waited-for') return;
      if (standing === 'silent') heardAgain.set(key, { of, id, seenAtMs: atMs });
      else if (isRegistered({ of, id })) newcomers.set(key, { of, id });
    },
    changed({ of, id }) {
      // From its next sign of life on it is waited for anew.
      standings.delete(keyOf(of, id));
      nextLookMs = 0;
    },
    stop: end,
  };
}

function keyOf(of: string, id: string): string {
  return `${of}:${id}`;
}
