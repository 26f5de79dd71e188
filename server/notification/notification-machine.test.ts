import { describe, expect, it } from 'vitest';
import type { Receipt } from './channel.ts';
import { afterSign, healthPolicy, untried } from './channel-health.ts';
import {
  claim,
  endIfPointless,
  notificationPolicy as policy,
  takeBack,
  takeReceipt,
  takeReport,
} from './notification-machine.ts';
import type { NotificationDecision, Way } from './notification-machine.ts';
import type { NotificationState } from './notification-state.ts';
import type { NotificationRecord } from './notification-store.ts';

const t0 = 1_700_000_000_000;
const works: Way = { channelId: 'c', health: untried };
const suspended = (probeAtMs: number): Way => ({
  channelId: 'dead',
  health: { failures: 5, suspendedAtMs: t0, probeAtMs, lastReason: 'unreachable' },
});
const delivered: Receipt = { is: 'delivered', receiptId: null, answer: '' };
const accepted: Receipt = { is: 'accepted', receiptId: 'r', reportWithinMs: 60_000, answer: '' };
const refusal = (isWorthRetrying: boolean, retryAfterMs?: number): Receipt => ({
  is: 'refused',
  reason: 'server-failed',
  isWorthRetrying,
  isChannelsFault: true,
  answer: '',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

function notification(channels: number, over: Partial<NotificationRecord> = {}): NotificationRecord {
  const kinds = ['sms', 'e-mail', 'webhook'] as const;
  return {
    id: 'n',
    alarmId: 'a',
    stationId: 's',
    stepKey: 'step',
    purpose: 'help-needed',
    recipient: { kind: 'contact', id: 'p', displayName: '王明', locale: 'zh-CN', isResponder: true },
    channels: kinds.slice(0, channels).map((kind) => ({ kind, address: 'x' })),
    urgency: 0,
    createdAtMs: t0,
    expiresAtMs: t0 + 7_200_000,
    isLinkRevoked: false,
    state: {
      is: 'queued',
      dueAtMs: t0,
      channelId: null,
      isWaiting: false,
      attempt: 0,
      spent: kinds.slice(0, channels).map(() => 0),
      channelIndex: 0,
    },
    ...over,
  };
}

function claimed(record: NotificationRecord, ways: Way[], nowMs = t0): NotificationDecision {
  if (record.state.is !== 'queued') throw new Error(`it is ${record.state.is}`);
  return claim({ ...record, state: record.state }, ways, nowMs, policy);
}

const stepsOf = ({ steps }: NotificationDecision) =>
  steps.map((step) => ('next' in step ? `${step.reason} → ${step.next}` : step.step));

/** Sends and fails until something else happens; says which channel each attempt took and how long it waited. */
function failAll(record: NotificationRecord, ways: Way[], receipt: Receipt): string[] {
  const story: string[] = [];
  let nowMs = t0;
  for (;;) {
    const { state } = claimed(record, ways, nowMs);
    record.state = state;
    if (state.is !== 'sending') return [...story, state.is];
    const decision = takeReceipt(record, { attempt: state.attempt, channelId: 'c', receipt }, nowMs, policy);
    const next: NotificationState = decision.state;
    const waitedMs = next.is === 'queued' ? next.dueAtMs - nowMs : 0;
    story.push(`${record.channels[state.channelIndex]?.kind} ${waitedMs / 1_000}`);
    if (next.is !== 'queued') return [...story, next.is];
    nowMs = next.dueAtMs;
    record.state = next;
  }
}

describe('a notification', () => {
  it('to one channel that fails is tried eight times, with longer and longer waits, and given up', () => {
    expect(failAll(notification(1), [works], refusal(true))).toEqual([
      'sms 5',
      'sms 15',
      'sms 45',
      'sms 120',
      'sms 300',
      'sms 300',
      'sms 300',
      'sms 0',
      'gave-up',
    ]);
  });

  it('goes to the next channel after two failures, and comes round again', () => {
    const story = failAll(notification(2), [works, works], refusal(true));
    expect(story.slice(0, 6)).toEqual(['sms 5', 'sms 0', 'e-mail 5', 'e-mail 15', 'sms 45', 'sms 15']);
    expect(story.at(-1)).toBe('gave-up');
    expect(story).toHaveLength(17);
  });

  it('goes to the next channel at once when trying again is pointless', () => {
    expect(failAll(notification(2), [works, works], refusal(false))).toEqual([
      'sms 0',
      'e-mail 0',
      'gave-up',
    ]);
  });

  it('waits as long as a provider asks', () => {
    const record = notification(1);
    record.state = claimed(record, [works]).state;
    const { state } = takeReceipt(
      record,
      { attempt: 1, channelId: 'c', receipt: refusal(true, 90_000) },
      t0,
      policy,
    );
    expect(state).toMatchObject({ is: 'queued', dueAtMs: t0 + 90_000 });
  });

  it('passes over a suspended channel at once, and says so', () => {
    const decision = claimed(notification(2), [suspended(t0 + 1), works]);
    expect(decision.state).toMatchObject({
      is: 'sending',
      channelIndex: 1,
      attempt: 1,
      leaseUntilMs: t0 + 60_000,
    });
    expect(stepsOf(decision)).toEqual(['channel-suspended → next-channel']);
    const due = claimed(notification(2), [suspended(t0), works]);
    expect(due.state).toMatchObject({ is: 'sending', channelIndex: 1 });
  });

  it('waits for the only channel left, is its probe, and says only once that it waits', () => {
    const record = notification(2);
    const first = claimed(record, [suspended(t0 + 9), undefined]);
    expect(first.state).toMatchObject({ is: 'queued', isWaiting: true, channelId: 'dead', dueAtMs: t0 + 9 });
    expect(stepsOf(first)).toEqual(['channel-suspended → waits']);
    record.state = first.state;
    const again = claimed(record, [suspended(t0 + 99), undefined], t0 + 5);
    expect(again).toMatchObject({ steps: [], state: { is: 'queued', dueAtMs: t0 + 99 } });
    expect(claimed(record, [suspended(t0 + 9), undefined], t0 + 9).state).toMatchObject({ is: 'sending' });
  });

  it('is given up when no channel is set up, and never silently', () => {
    for (const record of [notification(2), notification(0)]) {
      const decision = claimed(
        record,
        record.channels.map(() => undefined),
      );
      expect(decision.state).toMatchObject({ is: 'gave-up', reason: 'channel-missing' });
      expect(stepsOf(decision)).toEqual(['notification-gave-up']);
    }
  });

  it('ends with its alarm and with its time, but an all-clear goes out', () => {
    const record = notification(1);
    expect(endIfPointless(record, false, t0)).toBeUndefined();
    expect(endIfPointless(record, true, t0)?.state).toMatchObject({ reason: 'alarm-closed' });
    expect(endIfPointless({ ...record, purpose: 'all-clear' }, true, t0)).toBeUndefined();
    expect(endIfPointless(record, false, t0 + 7_200_000)?.state).toMatchObject({ reason: 'expired' });
  });

  it('is recorded as delivered once, whatever comes later', () => {
    const record = notification(1);
    record.state = claimed(record, [works]).state;
    const first = takeReceipt(record, { attempt: 1, channelId: 'c', receipt: delivered }, t0, policy);
    expect(stepsOf(first)).toEqual(['notification-delivered']);
    record.state = first.state;
    for (const receipt of [delivered, accepted, refusal(true)])
      expect(takeReceipt(record, { attempt: 1, channelId: 'c', receipt }, t0, policy)).toEqual({
        state: record.state,
        steps: [],
      });
    for (const report of ['delivered', 'failed', 'overdue'] as const)
      expect(takeReport(record, report, t0, policy)).toEqual({ state: record.state, steps: [] });
  });

  it('that was accepted waits for its delivery report, and goes on without one', () => {
    const record = notification(2);
    record.state = claimed(record, [works, works]).state;
    record.state = takeReceipt(record, { attempt: 1, channelId: 'c', receipt: accepted }, t0, policy).state;
    expect(record.state).toMatchObject({ is: 'accepted', reportDueAtMs: t0 + 60_000, receiptId: 'r' });
    expect(stepsOf(takeReport(record, 'delivered', t0, policy))).toEqual(['notification-delivered']);
    const failed = takeReport(record, 'failed', t0, policy);
    expect(stepsOf(failed)).toEqual(['address-refused → next-channel']);
    expect(stepsOf(takeReport(record, 'overdue', t0, policy))).toEqual(['no-delivery-report → again']);
  });

  it('that was being sent when the hub ended is sent again; its late receipt counts only if it is a good one', () => {
    const record = notification(1);
    record.state = claimed(record, [works]).state;
    record.state = takeBack(record, t0 + 5);
    expect(record.state).toMatchObject({ is: 'queued', dueAtMs: t0 + 5, attempt: 1 });
    const late = { attempt: 1, channelId: 'c' };
    expect(takeReceipt(record, { ...late, receipt: refusal(true) }, t0, policy)).toEqual({
      state: record.state,
      steps: [],
    });
    expect(takeReceipt(record, { ...late, receipt: delivered }, t0, policy).state.is).toBe('delivered');
  });
});

describe('a channel', () => {
  it('is suspended by five failures in a row, probed every two minutes, and resumed by the first success', () => {
    const fails = { is: 'fails', reason: 'unreachable' } as const;
    let health = untried;
    for (let count = 1; count < 5; count += 1) {
      const after = afterSign(health, fails, t0, healthPolicy);
      expect(after.change).toBeNull();
      health = after.health;
    }
    const dead = afterSign(health, fails, t0, healthPolicy);
    expect(dead).toMatchObject({
      change: 'suspended',
      health: { probeAtMs: t0 + 120_000, lastReason: 'unreachable' },
    });
    const still = afterSign(dead.health, fails, t0 + 120_000, healthPolicy);
    expect(still).toMatchObject({ change: null, health: { suspendedAtMs: t0, probeAtMs: t0 + 240_000 } });
    expect(afterSign(still.health, { is: 'works' }, t0, healthPolicy)).toEqual({
      change: 'resumed',
      health: untried,
    });
    const answers = afterSign(still.health, { is: 'answers' }, t0, healthPolicy);
    expect(answers).toMatchObject({ change: 'resumed', health: { suspendedAtMs: null } });
    expect(afterSign(answers.health, fails, t0, healthPolicy).change).toBe('suspended');
  });
});
