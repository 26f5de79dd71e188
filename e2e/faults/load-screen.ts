import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import type { AlarmNews, HubToScreen, ScreenToHub } from '@carebell/contracts/live-feed.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { logIn } from '../api.ts';
import type { Line, OnScreen } from './ledger.ts';

/** As a page does that paints and reports what it has painted. */
const reportEveryMs = 50;
const reportAtMost = 200;

/** A wall that stays up: it comes back with its cursor, logs in again when it must, and reports what it displays. */
export type LoadScreen = {
  onScreen(): OnScreen[];
  /** Whether every alarm that it shows has been reported and the report answered. */
  isReported(): boolean;
  end(): void;
};

export async function openLoadScreen(
  url: string,
  { name, password }: { name: string; password: string },
  write: (line: Line) => void,
): Promise<LoadScreen> {
  const alarms = new Map<string, AlarmView>();
  const unreported = new Set<string>();
  let cursor: number | undefined;
  let isLoggingIn = false;
  let cookie = (await logIn(url, name, password)).cookie;
  const socket: Socket<HubToScreen, ScreenToHub> = io(url, {
    path: liveFeedPath,
    transports: ['websocket'],
    extraHeaders: { cookie },
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
    timeout: 3_000,
    auth: (answer: (auth: object) => void) =>
      // As a wall asks for it.
      answer({ screenId: `load-${name}`, takesMany: true, ...(cursor === undefined ? {} : { cursor }) }),
  });

  function take(alarm: AlarmView): void {
    if (alarm.kind !== 'help') return;
    const { id: alarmId, deviceId, isStored } = alarm;
    write({ is: 'shown', alarmId, deviceId, isStored, atMs: Date.now() });
    const known = alarms.get(alarmId);
    if (known && known.version > alarm.version) return;
    if (alarm.phase === 'closed') alarms.delete(alarmId);
    else alarms.set(alarmId, alarm);
    if (isStored) takeDownNotStoredOf(deviceId);
    if (known === undefined) unreported.add(alarmId);
  }

  /** As the wall does: a hub that was killed tells nobody that what it could not store has been stored since. */
  function takeDownNotStoredOf(deviceId: string): void {
    for (const [id, alarm] of alarms) {
      if (alarm.isStored || alarm.deviceId !== deviceId) continue;
      alarms.delete(id);
      unreported.delete(id);
    }
  }

  function hear(news: AlarmNews): void {
    if ('notStoredEnded' in news) {
      alarms.delete(news.notStoredEnded);
      unreported.delete(news.notStoredEnded);
      return;
    }
    cursor = Math.max(cursor ?? 0, news.cursor);
    take(news.alarm);
  }

  socket.on('alarm', hear);
  socket.on('alarms', (news) => news.forEach(hear));
  socket.on('snapshot', (snapshot) => {
    alarms.clear();
    cursor = snapshot.cursor;
    for (const alarm of snapshot.alarms) take(alarm);
  });
  socket.on('caught-up', (caughtUp) => {
    cursor = caughtUp.cursor;
  });
  socket.on('connect_error', (error) => {
    if ((error as { data?: { code?: string } }).data?.code === 'unauthorized') void logInAgain();
  });

  async function logInAgain(): Promise<void> {
    if (isLoggingIn) return;
    isLoggingIn = true;
    try {
      cookie = (await logIn(url, name, password)).cookie;
      socket.io.opts.extraHeaders = { cookie };
      socket.disconnect().connect();
    } finally {
      isLoggingIn = false;
    }
  }

  const reporting = setInterval(() => {
    if (unreported.size === 0 || !socket.connected) return;
    const alarmIds = [...unreported].slice(0, reportAtMost);
    for (const id of alarmIds) unreported.delete(id);
    socket.timeout(2_000).emit('displayed', { alarmIds }, (error: Error | null, answer) => {
      const isTaken = error === null && answer.ok;
      for (const alarmId of alarmIds) {
        if (isTaken && alarms.get(alarmId)?.isStored) write({ is: 'displayed', alarmId });
        else if (!isTaken && alarms.has(alarmId)) unreported.add(alarmId);
      }
    });
  }, reportEveryMs);

  return {
    onScreen: () =>
      [...alarms.values()].map(({ id, deviceId, presses, isStored }) => ({
        alarmId: id,
        deviceId,
        presses,
        isStored,
      })),
    isReported: () => unreported.size === 0,
    end() {
      clearInterval(reporting);
      socket.disconnect();
    },
  };
}
