import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import type { WorkInput } from '../journal/works.ts';
import type { Channel, ChannelMessage, Receipt } from './channel.ts';
import { notificationPolicy } from './notification-machine.ts';
import type { NotificationReads } from './notification-reads.ts';
import type { ChannelRecord } from './notification-store.ts';
import type { Attempt } from './notification-works.ts';

export type DispatcherLimits = {
  /** Attempts under way at the same time. */
  atOnce: number;
  /** Of them on one channel, so that a slow one cannot take the place of the others. */
  atOncePerChannel: number;
  /** Notifications that one transaction looks through: it must never keep an alarm waiting. */
  claimAtMost: number;
};
export const dispatcherLimits: DispatcherLimits = { atOnce: 32, atOncePerChannel: 4, claimAtMost: 16 };

export type DispatcherPorts = {
  gate: Pick<Gate, 'commit' | 'listen' | 'store'>;
  clock: Clock;
  reads: Pick<NotificationReads, 'due' | 'probesDue'>;
  findAlarm(alarmId: string): Promise<AlarmView | undefined>;
  /** `undefined` if what is stored of it cannot be used, its secrets sealed with another key for instance. */
  openChannel(channel: Pick<ChannelRecord, 'id' | 'kind' | 'settings' | 'sealed'>): Channel | undefined;
  compose(attempt: Attempt, alarm: AlarmView): ChannelMessage;
  /** What is told of a service request or of overdue visits; `undefined` if there is none. */
  composeWithoutAlarm?(attempt: Attempt): Promise<ChannelMessage | undefined>;
  troubled(event: string, error: unknown): void;
  limits?: DispatcherLimits;
};

export type Dispatcher = {
  /** Sends again what was under way when the hub ended, and from now on all that is due. */
  start(): Promise<void>;
  /** Gives what is under way {@link stopsWithinMs} to be answered and recorded. The rest is ended, and sent again by the next start. */
  stop(): Promise<void>;
  /** What is being looked for or sent at this moment. */
  activity(): { isLooking: boolean; sending: number };
};

export const stopsWithinMs = 3_000;

const unusable: Extract<Receipt, { is: 'refused' }> = {
  is: 'refused',
  reason: 'channel-unusable',
  isWorthRetrying: false,
  isChannelsFault: true,
  answer: '',
};

/**
 * Sends what is due: takes it in one transaction, hands it to the channel, records what came of it in another. Between
 * the two the message may go out twice if the hub dies, and cannot get lost.
 */
export function openDispatcher(ports: DispatcherPorts): Dispatcher {
  const { gate, clock, reads, troubled, limits = dispatcherLimits } = ports;
  const underWay = new Map<string, number>();
  const sending = new Set<Promise<void>>();
  const unrecorded: WorkInput<'recordReceipt'>[] = [];
  const stopping = new AbortController();
  const life: { is: 'new' | 'running' | 'stopping' } = { is: 'new' };
  let isLooking = false;
  let looking = Promise.resolve();
  let probing = Promise.resolve();
  let isLookDue = false;
  let endTicks = (): void => undefined;

  gate.listen({
    committed: ({ alarms, requests }) => {
      // Whatever is urgent stands on the time line of an alarm or request; a digest of visits waits for the next tick.
      if (alarms.length + requests.length > 0) look();
    },
  });

  function look(): void {
    if (life.is !== 'running' || gate.store().is === 'failing') return;
    isLookDue = true;
    if (isLooking) return;
    isLooking = true;
    looking = lookWhileDue()
      .catch((error: unknown) => troubled('notification.dispatch-failed', error))
      .finally(() => {
        isLooking = false;
        // Somebody may have asked after the last look and before this line.
        if (isLookDue) look();
      });
  }

  async function lookWhileDue(): Promise<void> {
    while (isLookDue && life.is === 'running') {
      isLookDue = false;
      const free = limits.atOnce - sending.size;
      if (free <= 0) return;
      const busyChannels = [...underWay].filter(([, count]) => count >= limits.atOncePerChannel);
      const limit = Math.min(free, limits.claimAtMost);
      const ids = await reads.due({
        nowMs: clock.now(),
        busyChannels: busyChannels.map(([id]) => id),
        limit,
      });
      if (ids.length === 0) continue;
      const attempts = await gate.commit('claimNotifications', {
        ids,
        free: Object.fromEntries([...underWay].map(([id, count]) => [id, limits.atOncePerChannel - count])),
        otherwise: limits.atOncePerChannel,
      });
      for (const attempt of attempts) begin(attempt.channel.id, () => carryOut(attempt));
      if (ids.length === limit) isLookDue = true;
    }
  }

  function begin(channelId: string, work: () => Promise<void>): void {
    underWay.set(channelId, (underWay.get(channelId) ?? 0) + 1);
    const running = work()
      .catch((error: unknown) => troubled('notification.attempt-failed', error))
      .finally(() => {
        sending.delete(running);
        const count = (underWay.get(channelId) ?? 1) - 1;
        if (count === 0) underWay.delete(channelId);
        else underWay.set(channelId, count);
        look();
      });
    sending.add(running);
  }

  async function carryOut(attempt: Attempt): Promise<void> {
    const alarm = await ports.findAlarm(attempt.alarmId);
    const channel = ports.openChannel(attempt.channel);
    const message = alarm ? ports.compose(attempt, alarm) : await ports.composeWithoutAlarm?.(attempt);
    const receipt = message && channel ? await within((signal) => channel.send(message, signal)) : unusable;
    if (isCutShort(receipt)) return;
    await record({
      notificationId: attempt.notificationId,
      attempt: attempt.attempt,
      channelId: attempt.channel.id,
      // What the other end said may name people; the journal has no use for it.
      receipt: { ...receipt, answer: '' },
    });
  }

  async function within(work: (signal: AbortSignal) => Promise<Receipt>): Promise<Receipt> {
    const tooLong = new AbortController();
    const cancel = clock.after(notificationPolicy.sendWithinMs, () => tooLong.abort());
    try {
      return await work(AbortSignal.any([tooLong.signal, stopping.signal]));
    } catch (error) {
      troubled('notification.channel-failed', error);
      return { ...unusable, isWorthRetrying: true };
    } finally {
      cancel();
    }
  }

  /** Not the channel's word, but ours: the hub stops. */
  function isCutShort(receipt: Receipt): boolean {
    return stopping.signal.aborted && receipt.is === 'refused';
  }

  async function record(receipt: WorkInput<'recordReceipt'>): Promise<void> {
    try {
      await gate.commit('recordReceipt', receipt);
    } catch (error) {
      // The channel has done its part: recorded as soon as the store works, so that it need not be sent again.
      if (!(error instanceof StoreFailure)) throw error;
      unrecorded.push(receipt);
    }
  }

  async function probe(): Promise<void> {
    for (const channel of await reads.probesDue(clock.now())) {
      if (underWay.has(channel.id)) continue;
      begin(channel.id, async () => {
        const open = ports.openChannel(channel);
        const receipt = open ? await within((signal) => open.probe(signal)) : unusable;
        if (isCutShort(receipt)) return;
        const sign = { channelId: channel.id, receipt: { ...receipt, answer: '' }, testedBy: null };
        await gate.commit('recordChannelSign', { ...sign, isProbe: true });
      });
    }
  }

  function tick(): void {
    if (gate.store().is === 'failing') return;
    for (const receipt of unrecorded.splice(0))
      void record(receipt).catch((error: unknown) => troubled('notification.record-failed', error));
    look();
    probing = probing.then(probe).catch((error: unknown) => troubled('notification.probe-failed', error));
  }

  return {
    async start() {
      await gate.commit('requeueInterrupted', null);
      life.is = 'running';
      endTicks = clock.every(1_000, tick);
      look();
    },
    async stop() {
      life.is = 'stopping';
      endTicks();
      const endPatience = clock.after(stopsWithinMs, () => stopping.abort());
      await Promise.all([looking, probing]);
      await Promise.all(sending);
      endPatience();
    },
    activity: () => ({ isLooking: isLooking || isLookDue, sending: sending.size }),
  };
}
