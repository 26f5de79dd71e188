import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import type { AlarmNews, Answer, Displayed, FeedAuth } from '@carebell/contracts/live-feed.ts';
import { caughtUpSchema, liveFeedPath, pulseSchema, snapshotSchema } from '@carebell/contracts/live-feed.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { AlarmBook, BookChange } from './alarm-book.ts';
import { emptyBook, turnPage } from './alarm-book.ts';
import type { DisplayLedger } from './display-ledger.ts';
import * as ledgerOf from './display-ledger.ts';
import type { FeedLink } from './feed-state.ts';
import { startingLink } from './feed-state.ts';
import { leastRestMs, restAfter } from './rest-after.ts';

/** What the wall is painted from. Every change makes a new object. */
type FeedView = { book: AlarmBook; link: FeedLink };

/** What a row shows of an alarm and must show anew when it changes. */
export type Painted = Pick<AlarmView, 'id' | 'kind' | 'isStored'>;

export type LiveFeed = {
  view: () => FeedView;
  subscribe: (listener: () => void) => () => void;
  /** Takes up an alarm that a call of this screen was answered with. */
  takeAnswer: (alarm: AlarmView) => void;
  /** To be called once the alarm stands painted on a visible page. */
  reportPainted: (alarm: Painted) => void;
  /** Called when a service request has changed, or may have while this screen did not hear. Returns how to stop it. */
  watchRequests: (watcher: () => void) => () => void;
  start: () => void;
  stop: () => void;
};

/** Raw messages: each is parsed here before anything believes it. */
type FromHub = Record<
  'snapshot' | 'caught-up' | 'alarm' | 'alarms' | 'request' | 'pulse',
  (message: unknown) => void
> & { chain: (message: unknown, answer: unknown) => void };
type ToHub = {
  displayed: (displayed: Displayed, answer: (answer: Answer<{ accepted: number }>) => void) => void;
};

const snapshotFrameSchema = snapshotSchema.omit({ alarms: true });

const answerWithinMs = 5_000;
const repeatAfterMs = 2_000;
/** Painted rows arrive one by one; a short wait makes one message of them. */
const gatherMs = 50;

/**
 * The live feed of one logged-in person: connects, keeps the alarm book, tells the hub what was painted.
 * `onExpired` is called when the hub no longer accepts the session.
 */
export function createLiveFeed(deps: {
  /** Origin of the hub, such as `http://127.0.0.1:8080`. */
  url: string;
  screenId: string;
  now: () => number;
  onExpired: () => void;
}): LiveFeed {
  let current: FeedView = { book: emptyBook, link: startingLink(deps.now()) };
  let ledger: DisplayLedger = ledgerOf.emptyLedger;
  let socket: Socket<FromHub, ToHub> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let gather: ReturnType<typeof setTimeout> | undefined;
  let portion: ReturnType<typeof setTimeout> | undefined;
  let isMoreToTell = false;
  let arrived: AlarmNews[] = [];
  const listeners = new Set<() => void>();
  const requestWatchers = new Set<() => void>();

  function show(next: FeedView) {
    if (next.book === current.book && next.link === current.link) return;
    for (const [id, alarm] of current.book.alarms) {
      const { isStored, kind } = next.book.alarms.get(id) ?? {};
      if (isStored !== alarm.isStored || kind !== alarm.kind) ledger = ledgerOf.forget(ledger, id);
    }
    current = next;
    tell();
  }

  /** The first change is told at once; a burst of them, as after a replay, is read and painted in portions. */
  function tell() {
    if (portion !== undefined) {
      isMoreToTell = true;
      return;
    }
    isMoreToTell = false;
    portion = setTimeout(endPortion, leastRestMs);
    const toldAt = performance.now();
    for (const listener of listeners) listener();
    // What they draw stands in a microtask before this one.
    queueMicrotask(() => {
      const restMs = restAfter(performance.now() - toldAt);
      if (portion === undefined || restMs === leastRestMs) return;
      clearTimeout(portion);
      portion = setTimeout(endPortion, restMs);
    });
  }

  function endPortion() {
    portion = undefined;
    takeArrived();
    if (isMoreToTell && portion === undefined) tell();
  }

  /** What has changed stands in the API, for those who may read it. */
  function tellOfRequests() {
    for (const watcher of requestWatchers) watcher();
  }

  function takeArrived() {
    if (arrived.length === 0) return;
    const change = { type: 'arrived', arrived } as const;
    arrived = [];
    show({ ...current, book: turnPage(current.book, change) });
  }

  function arrive(...news: AlarmNews[]) {
    arrived.push(...news);
    if (portion === undefined) takeArrived();
  }

  /** One that cannot be read is counted, and hides no other. */
  function readNews(message: unknown): AlarmNews[] {
    const ended = fieldOf(message, 'notStoredEnded');
    if (typeof ended === 'string') return [{ notStoredEnded: ended }];
    const [alarm] = readAlarms([fieldOf(message, 'alarm')]);
    const cursor = fieldOf(message, 'cursor');
    return alarm === undefined || typeof cursor !== 'number' ? [] : [{ cursor, alarm }];
  }

  /** In the feed's order: what has arrived comes before. */
  function turn(change: BookChange) {
    takeArrived();
    show({ ...current, book: turnPage(current.book, change) });
  }

  function relink(change: Partial<FeedLink>) {
    show({ ...current, link: { ...current.link, ...change } });
  }

  function enter(phase: FeedLink['phase']) {
    if (current.link.phase !== phase) relink({ phase, since: deps.now() });
  }

  /** An alarm that cannot be read must not hide the others, nor be passed over in silence. */
  function readAlarms(raw: unknown[]): AlarmView[] {
    const alarms: AlarmView[] = [];
    for (const item of raw) {
      const parsed = alarmViewSchema.safeParse(item);
      if (parsed.success) alarms.push(parsed.data);
    }
    const unread = raw.length - alarms.length;
    if (unread > 0) noteUnreadable(unread);
    return alarms;
  }

  function noteUnreadable(count = 1) {
    relink({ unreadable: current.link.unreadable + count });
  }

  function sendDisplayed() {
    gather = undefined;
    if (socket?.connected !== true) return;
    const next = ledgerOf.takeBatch(ledger);
    if (next === undefined) return;
    ledger = next.ledger;
    socket.timeout(answerWithinMs).emit('displayed', { alarmIds: next.batch }, (error, answer) => {
      const isTaken = error === null && answer.ok;
      ledger = isTaken ? ledgerOf.noteAnswered(ledger) : ledgerOf.noteUnanswered(ledger);
      gather ??= setTimeout(sendDisplayed, isTaken ? gatherMs : repeatAfterMs);
    });
  }

  function listen(to: Socket<FromHub, ToHub>) {
    to.on('connect', () => {
      const now = deps.now();
      relink({ phase: 'connected', since: now, heardAt: now, chainHeardAt: now });
      gather ??= setTimeout(sendDisplayed, gatherMs);
    });
    to.on('snapshot', (message) => {
      const parsed = snapshotFrameSchema.safeParse(message);
      const raw = fieldOf(message, 'alarms');
      if (!parsed.success || !Array.isArray(raw)) return noteUnreadable();
      relink({ unreadable: 0, heardAt: deps.now() });
      turn({ type: 'snapshot', cursor: parsed.data.cursor, alarms: readAlarms(raw) });
      tellOfRequests();
      enter('caught-up');
    });
    // What was missed comes one by one, what happens now as it was committed.
    to.on('alarm', (message) => arrive(...readNews(message)));
    to.on('alarms', (message) => {
      if (Array.isArray(message)) arrive(...message.flatMap(readNews));
      else noteUnreadable();
    });
    to.on('request', tellOfRequests);
    to.on('caught-up', (message) => {
      const parsed = caughtUpSchema.safeParse(message);
      if (!parsed.success) return noteUnreadable();
      turn({ type: 'caught-up', cursor: parsed.data.cursor });
      tellOfRequests();
      relink({ phase: 'caught-up', since: deps.now(), heardAt: deps.now() });
    });
    to.on('pulse', (message) => {
      const parsed = pulseSchema.safeParse(message);
      if (!parsed.success) return noteUnreadable();
      const now = deps.now();
      const { at, store, chain } = parsed.data;
      relink({ heardAt: now, store, chain, clockOffsetMs: Date.parse(at) - now });
    });
    to.on('chain', (_, answer) => {
      relink({ chainHeardAt: deps.now() });
      if (typeof answer === 'function') answerOncePainted(answer as () => void);
    });
    to.on('disconnect', () => {
      enter('disconnected');
      connectLater(to);
    });
    to.on('connect_error', (error) => {
      if (isUnauthorized(error)) {
        enter('expired');
        deps.onExpired();
        return;
      }
      if (current.link.phase !== 'connecting') enter('disconnected');
      connectLater(to);
    });
  }

  /** Socket.IO reconnects by itself unless the hub itself closed or refused the connection. */
  function connectLater(to: Socket<FromHub, ToHub>) {
    if (to.active) return;
    clearTimeout(retry);
    retry = setTimeout(() => to.connect(), repeatAfterMs);
  }

  return {
    view: () => current,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watchRequests: (watcher) => {
      requestWatchers.add(watcher);
      return () => requestWatchers.delete(watcher);
    },
    takeAnswer: (alarm) => turn({ type: 'answered', alarm }),
    reportPainted: ({ id }) => {
      ledger = ledgerOf.notePainted(ledger, id);
      gather ??= setTimeout(sendDisplayed, gatherMs);
    },
    start: () => {
      socket = io(deps.url, {
        path: liveFeedPath,
        transports: ['websocket'],
        reconnectionDelay: 500,
        reconnectionDelayMax: 3_000,
        auth: (send: (auth: FeedAuth) => void) => {
          takeArrived();
          const { cursor } = current.book;
          send({
            screenId: deps.screenId,
            answersChain: true,
            hearsDevices: false,
            takesMany: true,
            ...(cursor === undefined ? {} : { cursor }),
          });
        },
      });
      listen(socket);
    },
    stop: () => {
      clearTimeout(retry);
      clearTimeout(gather);
      clearTimeout(portion);
      portion = undefined;
      socket?.removeAllListeners();
      socket?.disconnect();
    },
  };
}

/** A visible page answers after its next painting; a hidden one paints nothing, and says that it is alive. */
function answerOncePainted(answer: () => void): void {
  if (document.visibilityState === 'hidden') answer();
  else requestAnimationFrame(() => setTimeout(answer));
}

function fieldOf(message: unknown, field: string): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, field) : undefined;
}

/** The hub refuses a connection with its problem's code, as the error's `data` or as its message. */
function isUnauthorized(error: Error): boolean {
  return error.message === 'unauthorized' || fieldOf(fieldOf(error, 'data'), 'code') === 'unauthorized';
}
