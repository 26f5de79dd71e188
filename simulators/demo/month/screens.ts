import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import type { HubToScreen, ScreenToHub } from '@carebell/contracts/live-feed.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

const answerWithinMs = 60_000;

type Feed = Socket<HubToScreen, ScreenToHub>;

/** A wall screen that somebody is logged in at. */
export type WallScreen = {
  /** The screen has painted this alarm. */
  show(alarmId: string): Promise<void>;
  close(): void;
};

export async function openWallScreen(url: string, cookie: string, screenId: string): Promise<WallScreen> {
  const feed = await openFeed(url, cookie, screenId);
  return {
    async show(alarmId) {
      await feed.timeout(answerWithinMs).emitWithAck('displayed', { alarmIds: [alarmId] });
    },
    close: () => void feed.disconnect(),
  };
}

/** All alarms of the hub as they change, in the order of the journal. */
export type AlarmWatch = {
  find(alarmId: string): AlarmView | undefined;
  /** Resolves when everything up to this change has come. */
  until(alarmCursor: number): Promise<void>;
  close(): void;
};

export async function watchAlarms(
  url: string,
  cookie: string,
  changed: (alarm: AlarmView) => void,
): Promise<AlarmWatch> {
  const known = new Map<string, AlarmView>();
  const reached = { cursor: 0 };
  const waiting = new Map<() => void, number>();
  const feed = await openFeed(url, cookie, 'month-director', (socket) => {
    socket.on('alarm', (change) => {
      reached.cursor = Math.max(reached.cursor, change.cursor);
      known.set(change.alarm.id, change.alarm);
      changed(change.alarm);
      for (const [resolve, wanted] of waiting) {
        if (wanted > reached.cursor) continue;
        waiting.delete(resolve);
        resolve();
      }
    });
  });
  return {
    find: (alarmId) => known.get(alarmId),
    async until(alarmCursor) {
      if (reached.cursor >= alarmCursor) return;
      await new Promise<void>((resolve, reject) => {
        const limit = setTimeout(
          () => reject(new Error(`the hub did not tell of the change ${alarmCursor}`)),
          answerWithinMs,
        );
        waiting.set(() => {
          clearTimeout(limit);
          resolve();
        }, alarmCursor);
      });
    },
    close: () => void feed.disconnect(),
  };
}

async function openFeed(
  url: string,
  cookie: string,
  screenId: string,
  listen: (feed: Feed) => void = () => undefined,
): Promise<Feed> {
  const feed: Feed = io(url, {
    path: liveFeedPath,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie },
    auth: { screenId },
  });
  listen(feed);
  await new Promise<void>((resolve, reject) => {
    feed.once('snapshot', () => resolve());
    feed.once('connect_error', reject);
  });
  return feed;
}
