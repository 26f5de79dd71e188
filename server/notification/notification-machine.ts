import type { ChannelKind, NotificationReason } from '@carebell/contracts/notifications.ts';
import type { Receipt } from './channel.ts';
import type { NotificationState } from './notification-state.ts';
import type { NotificationStep } from './notification-step.ts';
import type { ChannelHealth, NotificationRecord } from './notification-store.ts';

export type NotificationPolicy = {
  /** What to wait before another attempt on the same channel; the last one repeats. */
  retryAfterMs: readonly number[];
  /** Attempts on one channel before the next one has its turn. */
  attemptsInARow: number;
  /** Attempts on one channel altogether. */
  attemptsOnChannel: number;
  /** How long an attempt may take. */
  sendWithinMs: number;
  /** How long a sender may keep a notification before it counts as lost; over `sendWithinMs` and a commit. */
  leaseMs: number;
};

export const notificationPolicy: NotificationPolicy = {
  retryAfterMs: [5_000, 15_000, 45_000, 120_000, 300_000],
  attemptsInARow: 2,
  attemptsOnChannel: 8,
  sendWithinMs: 20_000,
  leaseMs: 60_000,
};

/** The channel that an address of the recipient leads to, `undefined` if there is none. */
export type Way = { channelId: string; health: ChannelHealth } | undefined;

export type NotificationDecision = { state: NotificationState; steps: NotificationStep[] };

type Queued = Extract<NotificationState, { is: 'queued' }>;

/** Ends a notification that can do no more good; `undefined` if it still can. */
export function endIfPointless(
  notification: NotificationRecord,
  isAlarmClosed: boolean,
  nowMs: number,
): NotificationDecision | undefined {
  if (notification.isLinkRevoked) return giveUp(notification, 'link-withdrawn');
  if (isAlarmClosed && notification.purpose !== 'all-clear') return giveUp(notification, 'alarm-closed');
  return nowMs >= notification.expiresAtMs ? giveUp(notification, 'expired') : undefined;
}

/**
 * Chooses the way of the next attempt and hands the notification to it. A suspended channel is passed over for the
 * recipient's next one at once; if no other is left the notification waits for it, and is itself its next probe.
 */
export function claim(
  notification: NotificationRecord & { state: Queued },
  ways: readonly Way[],
  nowMs: number,
  policy: NotificationPolicy,
): NotificationDecision {
  const { state, channels } = notification;
  const spent = state.spent.map((count, index) => (ways[index] ? count : policy.attemptsOnChannel));
  const left = inTurn(state.channelIndex, channels.length).filter(
    (index) => (spent[index] ?? Infinity) < policy.attemptsOnChannel,
  );
  const counts = { attempt: state.attempt, spent, channelIndex: state.channelIndex };
  if (left.length === 0) return giveUp({ ...notification, state: { ...state, spent } }, lastReason(ways));
  const usable =
    left.find((index) => ways[index]?.health.suspendedAtMs === null) ??
    left.find((index) => isProbeDue(ways[index], nowMs));
  const steps: NotificationStep[] = [];
  const preferred = left[0];
  const isPassedOver = preferred !== undefined && preferred !== usable && !state.isWaiting;
  if (isPassedOver) {
    const next = usable === undefined ? 'waits' : 'next-channel';
    steps.push(failed(notification, preferred, state.attempt, 'channel-suspended', next));
  }
  if (usable === undefined) {
    const waitsFor = left
      .flatMap((index) => ways[index] ?? [])
      .toSorted((a, b) => (a.health.probeAtMs ?? 0) - (b.health.probeAtMs ?? 0))[0];
    return {
      state: {
        ...counts,
        is: 'queued',
        isWaiting: true,
        channelId: waitsFor?.channelId ?? null,
        dueAtMs: Math.min(waitsFor?.health.probeAtMs ?? nowMs, notification.expiresAtMs),
      },
      steps,
    };
  }
  return {
    state: {
      is: 'sending',
      attempt: state.attempt + 1,
      spent: spent.map((count, index) => (index === usable ? count + 1 : count)),
      channelIndex: usable,
      channelId: ways[usable]?.channelId ?? '',
      leaseUntilMs: nowMs + policy.leaseMs,
    },
    steps,
  };
}

/** What the channel said of an attempt. A late word of an earlier attempt counts if it is a good one. */
export function takeReceipt(
  notification: NotificationRecord,
  { attempt, channelId, receipt }: { attempt: number; channelId: string; receipt: Receipt },
  nowMs: number,
  policy: NotificationPolicy,
): NotificationDecision {
  const { state } = notification;
  const unchanged = { state, steps: [] };
  const counts = countsOf(state);
  if (state.is === 'delivered') return unchanged;
  const index = state.channelIndex;
  if (receipt.is === 'delivered') {
    const { receiptId } = receipt;
    return {
      state: { ...counts, is: 'delivered', channelId, receiptId },
      steps: [{ step: 'notification-delivered', ...told(notification, index), attempt }],
    };
  }
  if (state.is === 'accepted' || state.is === 'gave-up') return unchanged;
  if (receipt.is === 'accepted') {
    const { receiptId, reportWithinMs } = receipt;
    const reportDueAtMs = reportWithinMs === null ? null : nowMs + reportWithinMs;
    return {
      state: { ...counts, is: 'accepted', channelId, receiptId, reportDueAtMs },
      steps: [{ step: 'notification-accepted', ...told(notification, index), attempt }],
    };
  }
  if (state.is !== 'sending' || attempt !== state.attempt) return unchanged;
  return goOn(notification, receipt, nowMs, policy);
}

/** The provider's word on what it had accepted; without one in time the message counts as not delivered. */
export function takeReport(
  notification: NotificationRecord,
  report: 'delivered' | 'failed' | 'overdue',
  nowMs: number,
  policy: NotificationPolicy,
): NotificationDecision {
  const { state } = notification;
  if (report === 'delivered') {
    if (state.is === 'delivered' || !('channelId' in state) || state.channelId === null)
      return { state, steps: [] };
    const receiptId = 'receiptId' in state ? state.receiptId : null;
    return {
      state: { ...countsOf(state), is: 'delivered', channelId: state.channelId, receiptId },
      steps: [
        {
          step: 'notification-delivered',
          ...told(notification, state.channelIndex),
          attempt: state.attempt,
        },
      ],
    };
  }
  if (state.is !== 'accepted') return { state, steps: [] };
  const reason = report === 'overdue' ? 'no-delivery-report' : 'address-refused';
  return goOn(notification, { reason, isWorthRetrying: report === 'overdue' }, nowMs, policy);
}

/** Nobody knows whether it went out before the hub ended, so it goes out again. */
export function takeBack(notification: NotificationRecord, nowMs: number): NotificationState {
  const { state } = notification;
  if (state.is !== 'sending') return state;
  const { channelId } = state;
  return { ...countsOf(state), is: 'queued', dueAtMs: nowMs, channelId, isWaiting: false };
}

function goOn(
  notification: NotificationRecord,
  failure: { reason: NotificationReason; isWorthRetrying: boolean; retryAfterMs?: number },
  nowMs: number,
  policy: NotificationPolicy,
): NotificationDecision {
  const { state, channels } = notification;
  const { attempt, channelIndex } = state;
  const { reason } = failure;
  const spent = failure.isWorthRetrying
    ? state.spent
    : state.spent.map((count, index) => (index === channelIndex ? policy.attemptsOnChannel : count));
  const here = spent[channelIndex] ?? 0;
  const isTurnOver = here % policy.attemptsInARow === 0 || !failure.isWorthRetrying;
  const next = inTurn(isTurnOver ? channelIndex + 1 : channelIndex, channels.length).find(
    (index) => (spent[index] ?? Infinity) < policy.attemptsOnChannel,
  );
  if (next === undefined) {
    const over = giveUp({ ...notification, state: { ...state, spent } }, reason);
    return {
      ...over,
      steps: [failed(notification, channelIndex, attempt, reason, 'gives-up'), ...over.steps],
    };
  }
  const triesThere = spent[next] ?? 0;
  const backOffMs = policy.retryAfterMs[triesThere - 1] ?? policy.retryAfterMs.at(-1) ?? 0;
  const waitMs =
    triesThere === 0 ? 0 : Math.max(backOffMs, next === channelIndex ? (failure.retryAfterMs ?? 0) : 0);
  const lastChannelId = 'channelId' in state ? state.channelId : null;
  return {
    state: {
      is: 'queued',
      attempt,
      spent,
      channelIndex: next,
      channelId: next === channelIndex ? lastChannelId : null,
      isWaiting: false,
      dueAtMs: Math.min(nowMs + waitMs, notification.expiresAtMs),
    },
    steps: [
      failed(notification, channelIndex, attempt, reason, next === channelIndex ? 'again' : 'next-channel'),
    ],
  };
}

function giveUp(notification: NotificationRecord, reason: NotificationReason): NotificationDecision {
  const { state } = notification;
  const { attempt: attempts } = state;
  return {
    state: { ...countsOf(state), is: 'gave-up', reason },
    steps: [{ step: 'notification-gave-up', ...whom(notification), reason, attempts }],
  };
}

function failed(
  notification: NotificationRecord,
  index: number,
  attempt: number,
  reason: NotificationReason,
  next: Extract<NotificationStep, { step: 'notification-failed' }>['next'],
): NotificationStep {
  return { step: 'notification-failed', ...told(notification, index), attempt, reason, next };
}

function countsOf({ attempt, spent, channelIndex }: NotificationState) {
  return { attempt, spent, channelIndex };
}

function whom({ id, recipient }: NotificationRecord) {
  return { notificationId: id, recipient: { id: recipient.id, displayName: recipient.displayName } };
}

function told(notification: NotificationRecord, index: number) {
  const channel: ChannelKind = notification.channels[index]?.kind ?? 'webhook';
  return { ...whom(notification), channel };
}

/** All indexes, beginning with this one. */
function inTurn(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, offset) => (from + offset) % count);
}

function isProbeDue(way: Way, nowMs: number): boolean {
  const probeAtMs = way?.health.probeAtMs ?? null;
  return probeAtMs !== null && probeAtMs <= nowMs;
}

function lastReason(ways: readonly Way[]): NotificationReason {
  return ways.every((way) => way === undefined) ? 'channel-missing' : 'channel-unusable';
}
