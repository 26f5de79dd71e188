import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { ChannelKind } from '@carebell/contracts/notifications.ts';
import { openSqliteJournal } from './sqlite/sqlite-journal.ts';
import { openSqliteReader } from './sqlite/sqlite-reader.ts';
import { createAlarmReads } from './store/alarm-reads.ts';
import { createNotificationReads } from './store/notification-reads.ts';
import type { Clock } from '../clock.ts';
import { openGate } from '../journal/gate.ts';
import { createMovingClock } from '../moving-clock.ts';
import type { Channel, Receipt } from '../notification/channel.ts';
import { composeMessage } from '../notification/compose-message.ts';
import { openDispatcher, stopsWithinMs } from '../notification/dispatcher.ts';
import type { NotificationRequest } from '../notification/notification-service.ts';

export type Behaviour = 'delivers' | 'accepts' | 'reports' | 'fails' | 'refuses' | 'hangs';

/** What a channel of a test was asked to send, and when. */
export type Sent = { channelId: string; notificationId: string; atMs: number };

const unreachable: Extract<Receipt, { is: 'refused' }> = {
  is: 'refused',
  reason: 'unreachable',
  isWorthRetrying: true,
  isChannelsFault: true,
  answer: '',
};
const receipts: Record<Exclude<Behaviour, 'hangs'>, Receipt> = {
  delivers: { is: 'delivered', receiptId: null, answer: '' },
  accepts: { is: 'accepted', receiptId: 'x', reportWithinMs: null, answer: '' },
  reports: { is: 'accepted', receiptId: 'x', reportWithinMs: 60_000, answer: '' },
  fails: unreachable,
  refuses: {
    is: 'refused',
    reason: 'address-refused',
    isWorthRetrying: false,
    isChannelsFault: false,
    answer: '',
  },
};

/**
 * The outbox on a real SQLite file, with channels that behave as the test says and a clock that it moves. `kill` ends
 * the hub's threads wherever they are, as kill -9 does, and opens another on the same file.
 */
export async function openOutbox() {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-outbox-'));
  const file = join(dir, 'carebell.db');
  const moving = createMovingClock();
  // Ticks of half a minute keep hours of moved time short.
  const clock: Clock = {
    ...moving,
    every: (period, action) => moving.every(Math.max(period, 30_000), action),
  };
  const behaviours = new Map<string, Behaviour>();
  const sent: Sent[] = [];
  const troubles: string[] = [];
  const letGo: (() => void)[] = [];
  let hanging = 0;
  let hub = await start();

  function channel(channelId: string): Channel {
    async function behave(signal: AbortSignal): Promise<Receipt> {
      const behaviour = behaviours.get(channelId) ?? 'delivers';
      if (behaviour !== 'hangs') return receipts[behaviour];
      hanging += 1;
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
        letGo.push(resolve);
      });
      hanging -= 1;
      const now = behaviours.get(channelId) ?? 'delivers';
      return signal.aborted || now === 'hangs' ? { ...unreachable, reason: 'timed-out' } : receipts[now];
    }
    return {
      send({ id }, signal) {
        sent.push({ channelId, notificationId: id, atMs: moving.now() });
        return behave(signal);
      },
      probe: (signal) => behave(signal),
    };
  }

  async function start() {
    const journal = await openSqliteJournal(file);
    const gate = openGate(journal, { ...moving, every: () => () => undefined });
    const reader = await openSqliteReader(file);
    const reads = createNotificationReads(reader.db);
    const alarms = createAlarmReads(reader.db);
    const dispatcher = openDispatcher({
      gate,
      clock,
      reads,
      findAlarm: alarms.view,
      openChannel: ({ id }) => channel(id),
      compose: (attempt, alarm) =>
        composeMessage({ ...attempt, address: attempt.address.address }, alarm, {
          link: 'https://hub.example.org/r/x',
          timeZone: 'Asia/Shanghai',
          locale: 'zh-CN',
        }),
      troubled: (event, error) => void troubles.push(`${event}: ${String(error)}`),
    });
    await dispatcher.start();
    return { journal, gate, reader, reads, alarms, dispatcher };
  }

  async function stop(): Promise<void> {
    await hub.dispatcher.stop();
    await hub.gate.stop();
    await hub.reader.close();
  }

  async function quiet(): Promise<void> {
    for (let calm = 0; calm < 3;) {
      await turn();
      const { isLooking, sending } = hub.dispatcher.activity();
      calm = !isLooking && sending === hanging && hub.gate.depth() === 0 ? calm + 1 : 0;
    }
  }

  return {
    clock: moving,
    sent,
    troubles,
    file,
    get gate() {
      return hub.gate;
    },
    get reads() {
      return hub.reads;
    },
    get alarms() {
      return hub.alarms;
    },
    db: () => hub.reader.db,
    quiet,
    /** From now on; what hangs goes on hanging. */
    behave: (channelId: string, behaviour: Behaviour) => void behaviours.set(channelId, behaviour),
    /** What hangs is answered as its channel behaves by now. */
    answer: () => letGo.splice(0).forEach((go) => go()),
    async addChannel(kind: ChannelKind, organisationId = 'root'): Promise<string> {
      const id = `${kind}-${organisationId}`;
      const contents = { name: kind, settings: {}, sealed: '', secretNames: [], isEnabled: true };
      const outcome = await hub.gate.commit('createChannel', {
        actorId: 'test',
        scope: 'all',
        channel: { id, organisationId, kind, ...contents },
      });
      if (!outcome.ok) throw new Error(outcome.reason);
      return id;
    },
    /** A press of a button; answers its alarm. */
    async press(deviceId: string): Promise<string> {
      const origin = { deviceId, residentId: null, stationId: null, gatewayId: null, isKnown: false };
      const event = { id: `${deviceId}-${moving.now()}`, kind: 'button.pressed', data: { key: 'help' } };
      await hub.gate.commit('receiveEvent', { event, origin: { ...origin, receivedAtMs: moving.now() } });
      const [alarm] = await hub.alarms.list({ phase: 'open', stationIds: 'all', deviceId, limit: 1 });
      if (!alarm) throw new Error('no alarm');
      return alarm.id;
    },
    notify: (
      request: Pick<NotificationRequest, 'alarmId' | 'stepKey'> & {
        to: string;
        kinds: readonly ChannelKind[];
      },
    ) =>
      hub.gate.commit('notify', {
        alarmId: request.alarmId,
        stepKey: request.stepKey,
        priority: 'emergency',
        stationId: null,
        purpose: 'help-needed',
        recipient: {
          kind: 'contact',
          id: request.to,
          displayName: request.to,
          locale: 'en',
          isResponder: true,
        },
        channels: request.kinds.map((kind) => ({ kind, address: 'x' })),
      }),
    /** Moves the clock in steps, letting everything happen in between. */
    async pass(byMs: number, stepMs = 10_000): Promise<void> {
      for (let left = byMs; left > 0; left -= stepMs) {
        moving.move(Math.min(left, stepMs));
        await quiet();
      }
    },
    async kill(): Promise<void> {
      const { journal, reader, dispatcher } = hub;
      await journal.close();
      await reader.close();
      // What it still awaits of its dead threads never comes.
      void dispatcher.stop();
      hub = await start();
    },
    /** As SIGTERM and the next start. Whatever hangs must be answered, or the clock moved. */
    async restart(): Promise<void> {
      await stop();
      hub = await start();
    },
    async close(): Promise<void> {
      const stopped = stop();
      moving.move(stopsWithinMs);
      await stopped;
      rmSync(dir, { recursive: true });
    },
  };
}
