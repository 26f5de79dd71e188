import { randomUUID } from 'node:crypto';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import type { AlarmNews, Answer, HubToScreen, Pulse, ScreenToHub } from '@carebell/contracts/live-feed.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Api } from './api.ts';
import type { ScenarioHub } from './scenario-hub.ts';

/** An operator's screen without a browser: it follows the live feed and reports what it would have painted. */
export type Screen = {
  socket: Socket<HubToScreen, ScreenToHub>;
  /** Open alarms by identifier, as the wall would show them. */
  alarms: Map<string, AlarmView>;
  /** Every alarm change in the order in which it came, with the time of its arrival. */
  changes: { alarm: AlarmView; atMs: number }[];
  pulses: Pulse[];
  cursor(): number;
  acknowledge(alarmId: string, takeOver?: boolean): Promise<Answer<AlarmView>>;
  close(): void;
};

export async function openScreen(
  hub: Pick<ScenarioHub, 'url'>,
  api: Pick<Api, 'cookie'>,
  {
    cursor,
    reportsDisplayed = true,
    hearsDevices = true,
    takesMany = false,
  }: { cursor?: number; reportsDisplayed?: boolean; hearsDevices?: boolean; takesMany?: boolean } = {},
): Promise<Screen> {
  const socket: Socket<HubToScreen, ScreenToHub> = io(hub.url, {
    path: liveFeedPath,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie: api.cookie },
    auth: {
      screenId: `screen-${randomUUID()}`,
      ...(cursor === undefined ? {} : { cursor }),
      ...(hearsDevices ? {} : { hearsDevices }),
      ...(takesMany ? { takesMany } : {}),
    },
  });
  const alarms = new Map<string, AlarmView>();
  const changes: Screen['changes'] = [];
  const pulses: Pulse[] = [];
  let lastCursor = cursor ?? 0;

  function take(alarm: AlarmView): void {
    const known = alarms.get(alarm.id);
    if (known && known.version > alarm.version) return;
    if (alarm.phase === 'closed') alarms.delete(alarm.id);
    else alarms.set(alarm.id, alarm);
    if (reportsDisplayed && alarm.phase !== 'closed')
      socket.emit('displayed', { alarmIds: [alarm.id] }, () => undefined);
  }

  function hear(news: AlarmNews): void {
    if ('notStoredEnded' in news) {
      alarms.delete(news.notStoredEnded);
      return;
    }
    changes.push({ alarm: news.alarm, atMs: performance.now() });
    lastCursor = Math.max(lastCursor, news.cursor);
    take(news.alarm);
  }

  socket.on('alarm', hear);
  socket.on('not-stored-ended', ({ alarmId }) => hear({ notStoredEnded: alarmId }));
  socket.on('alarms', (news) => news.forEach(hear));
  socket.on('pulse', (pulse) => void pulses.push(pulse));

  await new Promise<void>((resolve, reject) => {
    socket.on('snapshot', (snapshot) => {
      alarms.clear();
      lastCursor = snapshot.cursor;
      for (const alarm of snapshot.alarms) take(alarm);
      resolve();
    });
    socket.on('caught-up', (caughtUp) => {
      lastCursor = caughtUp.cursor;
      resolve();
    });
    socket.on('connect_error', reject);
  });

  return {
    socket,
    alarms,
    changes,
    pulses,
    cursor: () => lastCursor,
    acknowledge: (alarmId, takeOver = false) => socket.emitWithAck('acknowledge', { alarmId, takeOver }),
    close: () => void socket.disconnect(),
  };
}
