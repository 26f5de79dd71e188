import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Snapshot } from '@carebell/contracts/live-feed.ts';
import type { Clock } from '../clock.ts';
import { instant } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import type { Gate, StoreState } from '../journal/gate.ts';
import type { Work } from '../journal/journal-port.ts';
import { maySee } from './audience.ts';
import { notStoredAlarm, notStoredId, storeFailingAlarm, storeFailingId } from './not-stored-alarms.ts';

export type BoardListener = {
  changed(alarm: AlarmView): void;
  /** A not-stored alarm was stored after all, or given up. */
  notStoredEnded(alarm: AlarmView): void;
};

export type AlarmBoard = {
  snapshot(organisationId: string): Snapshot;
  /** Visible open alarms, not-stored ones included, the latest change first. */
  open(organisationId: string): AlarmView[];
  /** Those that a screen which knows everything up to `cursor` has not seen as they stand now, not-stored ones included. */
  openSince(organisationId: string, cursor: number): AlarmView[];
  find(alarmId: string): AlarmView | undefined;
  cursor(): number;
  /** The next instant at which something is due of an open alarm; `null` if nothing is. */
  nextDeadlineAt(): string | null;
  /** An alarm about a fall is open in this dwelling, for which movement there means something. */
  hasFallIn(dwellingId: string): boolean;
  size(): { open: number; notStored: number };
  listen(listener: BoardListener): void;
  /** The device got its PUBACK: its event is stored, whatever a screen was told before. */
  stored(deviceId: string, eventId: string): void;
  stop(): void;
};

/** A device that never repeats (a last message of a QoS 0 client) keeps its not-stored alarm this long: 24 h. */
const notStoredLivesMs = 24 * 3600 * 1000;

/**
 * The open alarms as they stand in this hub's memory, following every commit, so that a screen's snapshot is one
 * synchronous step and a failing store cannot empty a wall. Alarms that could not be stored stand here only.
 */
export function createAlarmBoard(
  gate: Gate,
  directory: Directory,
  clock: Clock,
  start: { open: readonly AlarmView[]; cursor: number },
): AlarmBoard {
  const open = new Map(start.open.map((alarm) => [alarm.id, alarm]));
  /** By which entry of the journal each came to stand as it does: a name or an absence changes it without a step of its own. */
  const shownSince = new Map(start.open.map(({ id }) => [id, start.cursor]));
  const notStored = new Map<string, AlarmView>();
  let falls = fallsIn(start.open);
  const listeners: BoardListener[] = [];
  let cursor = start.cursor;
  let failingSinceMs: number | null = null;

  function showNotStored(alarm: AlarmView): void {
    if (notStored.has(alarm.id)) return;
    notStored.set(alarm.id, alarm);
    for (const listener of listeners) listener.changed(alarm);
  }

  function endNotStored(alarmId: string): void {
    const alarm = notStored.get(alarmId);
    if (!alarm || !notStored.delete(alarmId)) return;
    for (const listener of listeners) listener.notStoredEnded(alarm);
  }

  function storeChanged(state: StoreState): void {
    if (state.is === 'failing') {
      failingSinceMs = state.sinceMs;
      showNotStored(storeFailingAlarm(state.sinceMs, clock.now()));
      return;
    }
    endNotStored(storeFailingId);
    if (failingSinceMs === null) return;
    const sinceMs = failingSinceMs;
    failingSinceMs = null;
    // If this fails too, the gate reports the store as failing again and this is repeated at the next recovery.
    gate.commit('raiseHubAlarm', { kind: 'store-failing', sinceMs, isOver: true }).catch(() => {
      failingSinceMs ??= sinceMs;
    });
  }

  gate.listen({
    committed({ alarms, lastSeq }) {
      cursor = Math.max(cursor, lastSeq);
      for (const alarm of alarms) {
        if (alarm.phase === 'closed') {
          open.delete(alarm.id);
          shownSince.delete(alarm.id);
        } else {
          open.set(alarm.id, alarm);
          shownSince.set(alarm.id, lastSeq);
        }
        if (alarm.escalation?.fall) falls = fallsIn(open.values());
        for (const listener of listeners) listener.changed(alarm);
      }
    },
    late(work: Work) {
      if (work.name !== 'receiveEvent') return;
      const alarm = notStoredAlarm(work.input, clock.now(), directory);
      if (alarm) showNotStored(alarm);
    },
    storeChanged,
  });

  const endCleaning = clock.every(600_000, () => {
    for (const alarm of notStored.values()) {
      if (clock.now() - Date.parse(alarm.raisedAt) > notStoredLivesMs) endNotStored(alarm.id);
    }
  });

  const visible = (organisationId: string): AlarmView[] =>
    [...notStored.values(), ...open.values()].filter((alarm) => maySee(organisationId, alarm, directory));

  return {
    snapshot: (organisationId) => ({ cursor, at: instant(clock.now()), alarms: visible(organisationId) }),
    open: (organisationId) => visible(organisationId).toSorted((a, b) => b.cursor - a.cursor),
    openSince: (organisationId, since) =>
      visible(organisationId).filter(({ id, isStored }) => !isStored || (shownSince.get(id) ?? 0) > since),
    find: (alarmId) => open.get(alarmId) ?? notStored.get(alarmId),
    cursor: () => cursor,
    nextDeadlineAt: () => {
      let next: string | null = null;
      for (const { nextDeadlineAt = null } of open.values()) {
        // Instants in UTC of one length stand in the order of their letters.
        if (nextDeadlineAt !== null && (next === null || nextDeadlineAt < next)) next = nextDeadlineAt;
      }
      return next;
    },
    hasFallIn: (dwellingId) => falls.size > 0 && falls.has(dwellingId),
    size: () => ({ open: open.size, notStored: notStored.size }),
    listen: (listener) => void listeners.push(listener),
    stored: (deviceId, eventId) => {
      if (notStored.size > 0) endNotStored(notStoredId(deviceId, eventId));
    },
    stop: endCleaning,
  };
}

function fallsIn(alarms: Iterable<AlarmView>): ReadonlySet<string | null> {
  const falls = new Set<string | null>();
  for (const { escalation, dwellingId } of alarms) if (escalation?.fall) falls.add(dwellingId);
  return falls;
}
