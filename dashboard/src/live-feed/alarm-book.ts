import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { AlarmNews } from '@carebell/contracts/live-feed.ts';

/**
 * All open alarms that this screen knows. `cursor` is the latest change that the feed has brought; it goes into
 * `auth` at the next connection. `endedVersions` remembers closed alarms, so that a late or replayed message of an
 * older version does not put one back on the wall.
 */
export type AlarmBook = {
  cursor: number | undefined;
  isFilled: boolean;
  alarms: ReadonlyMap<string, AlarmView>;
  endedVersions: ReadonlyMap<string, number>;
  /** The latest closed ones, newest first, for the line that confirms it. */
  closed: readonly AlarmView[];
};

export type BookChange =
  | { type: 'snapshot'; cursor: number; alarms: readonly AlarmView[] }
  /** What has arrived together, in the feed's order. */
  | { type: 'arrived'; arrived: readonly AlarmNews[] }
  /** The answer to a call of this screen: newer than the feed perhaps, but no place in the feed's order. */
  | { type: 'answered'; alarm: AlarmView }
  | { type: 'caught-up'; cursor: number };

/** A screen runs for months; older endings than these cannot be replayed any more. */
const endingsKept = 1000;
const closedKept = 5;

export const emptyBook: AlarmBook = {
  cursor: undefined,
  isFilled: false,
  alarms: new Map(),
  endedVersions: new Map(),
  closed: [],
};

/** The book after a change; the same object when the change brings nothing new. */
export function turnPage(book: AlarmBook, change: BookChange): AlarmBook {
  let next: AlarmBook;
  switch (change.type) {
    case 'snapshot':
      next = replaceAll(book, change.cursor, change.alarms);
      break;
    case 'arrived':
      next = advance(takeUp(book, change.arrived), latestCursor(change.arrived));
      break;
    case 'answered':
      next = takeUp(book, [change]);
      break;
    case 'caught-up':
      next = advance({ ...book, isFilled: true }, change.cursor);
      break;
  }
  return next;
}

function latestCursor(arrived: readonly AlarmNews[]): number {
  return arrived.reduce((latest, one) => Math.max(latest, 'cursor' in one ? one.cursor : 0), 0);
}

function advance(book: AlarmBook, cursor: number): AlarmBook {
  if ((book.cursor ?? 0) >= cursor) return book;
  return { ...book, cursor };
}

/** Copies the book once for all that has arrived: a street without power brings a thousand alarms in a second. */
function takeUp(
  book: AlarmBook,
  arrived: readonly ({ alarm: AlarmView } | { notStoredEnded: string })[],
): AlarmBook {
  let { endedVersions, closed } = book;
  let alarms: Map<string, AlarmView> | undefined;
  let notStored: Map<string, AlarmView[]> | undefined;
  for (const one of arrived) {
    if ('notStoredEnded' in one) {
      if ((alarms ?? book.alarms).get(one.notStoredEnded)?.isStored !== false) continue;
      alarms ??= new Map(book.alarms);
      alarms.delete(one.notStoredEnded);
      continue;
    }
    const { alarm } = one;
    const { id } = alarm;
    if (!isNewer(alarm, (alarms ?? book.alarms).get(id), endedVersions.get(id))) continue;
    alarms ??= new Map(book.alarms);
    notStored ??= notStoredIn(book);
    if (alarm.phase === 'closed') {
      alarms.delete(id);
      endedVersions = withEnding(endedVersions, alarm);
      closed = [alarm, ...closed.filter((other) => other.id !== id)].slice(0, closedKept);
      continue;
    }
    if (alarm.isStored) takeDownReplaced(alarms, notStored, alarm);
    else noteNotStored(notStored, alarm);
    alarms.set(id, alarm);
    // A closing that was taken back is confirmed no longer.
    if (closed.some((other) => other.id === id)) closed = closed.filter((other) => other.id !== id);
  }
  return alarms === undefined ? book : { ...book, alarms, endedVersions, closed };
}

function withEnding(endedVersions: ReadonlyMap<string, number>, { id, version }: AlarmView) {
  const endings = new Map(endedVersions).set(id, version);
  for (const oldest of endings.keys()) {
    if (endings.size <= endingsKept) break;
    endings.delete(oldest);
  }
  return endings;
}

/** By whose repeat would tell it: in a storm thousands stand not stored for a moment. */
function notStoredIn(book: AlarmBook): Map<string, AlarmView[]> {
  const notStored = new Map<string, AlarmView[]>();
  for (const alarm of book.alarms.values()) if (!alarm.isStored) noteNotStored(notStored, alarm);
  return notStored;
}

function noteNotStored(notStored: Map<string, AlarmView[]>, alarm: AlarmView): void {
  for (const teller of tellersOf(alarm)) notStored.set(teller, [...(notStored.get(teller) ?? []), alarm]);
}

function tellersOf({ kind, deviceId, residentId }: AlarmView): string[] {
  const device = `${kind} of device ${deviceId}`;
  return residentId === null ? [device] : [device, `${kind} of resident ${residentId}`];
}

/**
 * What was not stored is told by the alarm of its repeat: of the same kind, from the same device or resident, and pressed
 * no earlier. The hub says so itself unless it was killed in between, and then nobody could ever take it down.
 */
function takeDownReplaced(
  alarms: Map<string, AlarmView>,
  notStored: ReadonlyMap<string, AlarmView[]>,
  stored: AlarmView,
): void {
  const lastPressedAt = Date.parse(stored.lastPressedAt);
  for (const { id, pressedAt } of tellersOf(stored).flatMap((teller) => notStored.get(teller) ?? [])) {
    if (alarms.get(id)?.isStored === false && Date.parse(pressedAt) <= lastPressedAt) alarms.delete(id);
  }
}

function isNewer(alarm: AlarmView, known: AlarmView | undefined, endedVersion: number | undefined): boolean {
  if (endedVersion !== undefined && alarm.version <= endedVersion) return false;
  if (known === undefined) return true;
  if (!alarm.isStored) return !known.isStored && alarm !== known;
  if (!known.isStored || alarm.version > known.version) return true;
  // The names of a home change without a step of the alarm, so that its version stays.
  return alarm.version === known.version && !isSame(alarm, known);
}

/** Both come out of one schema, which writes the fields in one order. */
function isSame(a: AlarmView, b: AlarmView): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * A snapshot replaces all, except what an answer has already shown in a newer version. One whose cursor lies before
 * ours comes from a journal that was put back to an earlier state: then nothing of the old book counts.
 */
function replaceAll(book: AlarmBook, cursor: number, snapshot: readonly AlarmView[]): AlarmBook {
  const isJournalPutBack = book.cursor !== undefined && cursor < book.cursor;
  const alarms = new Map<string, AlarmView>();
  for (const alarm of snapshot) {
    const known = isJournalPutBack ? undefined : book.alarms.get(alarm.id);
    const endedVersion = isJournalPutBack ? undefined : book.endedVersions.get(alarm.id);
    if (alarm.phase === 'closed' || (endedVersion !== undefined && endedVersion >= alarm.version)) continue;
    alarms.set(alarm.id, known?.isStored === true && known.version > alarm.version ? known : alarm);
  }
  return {
    cursor,
    isFilled: true,
    alarms,
    endedVersions: isJournalPutBack ? new Map() : book.endedVersions,
    closed: book.closed,
  };
}
