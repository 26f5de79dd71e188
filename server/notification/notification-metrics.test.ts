import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import type { Gate, GateListener } from '../journal/gate.ts';
import { measureNotifications } from './notification-metrics.ts';

it('attempts are counted by kind of channel and outcome, what waits and is suspended by kind', async () => {
  const register = new Registry();
  const listeners: GateListener[] = [];
  const gate: Pick<Gate, 'listen'> = { listen: (listener) => void listeners.push(listener) };
  const channel = (kind: string, suspendedAtMs: number | null, isEnabled = true) =>
    ({ kind, isEnabled, health: { suspendedAtMs } }) as never;
  const reads = {
    waiting: () => Promise.resolve({ sms: 3 }),
    channels: () =>
      Promise.resolve([
        channel('sms', 1),
        channel('sms', null),
        channel('e-mail', null),
        channel('webhook', 1, false),
      ]),
  };
  measureNotifications({ gate, reads }, register);
  const answered = (name: string, input: object, result: unknown, error: Error | null = null) => {
    for (const listener of listeners) listener.answered?.({ name, input } as never, error, result);
  };
  const attempt = (notificationId: string, kind: string) => ({ notificationId, channel: { kind } });
  answered('claimNotifications', {}, [attempt('n1', 'sms'), attempt('n2', 'e-mail'), attempt('n3', 'sms')]);
  answered('claimNotifications', {}, undefined, new Error('full'));
  const receipt = (notificationId: string, is: string, reason?: string) =>
    answered('recordReceipt', { notificationId, receipt: { is, reason } }, undefined);
  receipt('n1', 'delivered');
  receipt('n2', 'accepted');
  receipt('n3', 'refused', 'unreachable');
  receipt('n3', 'refused', 'unreachable');
  receipt('unknown', 'delivered');
  answered('receiveEvent', {}, { isDuplicate: false });

  const text = await register.metrics();
  for (const line of [
    'carebell_notification_attempts_total{channel="sms",outcome="delivered"} 1',
    'carebell_notification_attempts_total{channel="sms",outcome="refused"} 1',
    'carebell_notification_attempts_total{channel="e-mail",outcome="accepted"} 1',
    'carebell_notification_failures_total{channel="sms",reason="unreachable"} 1',
    'carebell_notifications_waiting{channel="sms"} 3',
    'carebell_notifications_waiting{channel="e-mail"} 0',
    'carebell_channels_suspended{channel="sms"} 1',
    'carebell_channels_suspended{channel="webhook"} 0',
  ])
    expect(text).toContain(`${line}\n`);
});
