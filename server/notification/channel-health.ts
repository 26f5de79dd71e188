import type { NotificationReason } from '@carebell/contracts/notifications.ts';
import type { ChannelHealth } from './notification-store.ts';

export type HealthPolicy = {
  /** Failures in a row after which nothing more is tried on a channel, except probes. */
  suspendAfterFailures: number;
  probeEveryMs: number;
};

/** Five failures in a row, and a probe every two minutes. */
export const healthPolicy: HealthPolicy = { suspendAfterFailures: 5, probeEveryMs: 120_000 };

export const untried: ChannelHealth = { failures: 0, suspendedAtMs: null, probeAtMs: null, lastReason: null };

/** What one attempt or probe says about its channel. */
export type ChannelSign = { is: 'works' } | { is: 'answers' } | { is: 'fails'; reason: NotificationReason };

/**
 * How a channel stands after a sign of it. `answers` is a probe that found somebody there: the channel is tried again,
 * and until a message has come through, one failure suspends it as before.
 */
export function afterSign(
  health: ChannelHealth,
  sign: ChannelSign,
  nowMs: number,
  policy: HealthPolicy,
): { health: ChannelHealth; change: 'suspended' | 'resumed' | null } {
  const isSuspended = health.suspendedAtMs !== null;
  if (sign.is === 'works') {
    if (health.failures === 0 && !isSuspended) return { health, change: null };
    return { health: untried, change: isSuspended ? 'resumed' : null };
  }
  if (sign.is === 'answers') {
    if (!isSuspended) return { health, change: null };
    const failures = policy.suspendAfterFailures - 1;
    return { health: { ...health, failures, suspendedAtMs: null, probeAtMs: null }, change: 'resumed' };
  }
  const failures = health.failures + 1;
  const failing = { ...health, failures, lastReason: sign.reason };
  if (isSuspended) return { health: { ...failing, probeAtMs: nowMs + policy.probeEveryMs }, change: null };
  if (failures < policy.suspendAfterFailures) return { health: failing, change: null };
  return {
    health: { ...failing, suspendedAtMs: nowMs, probeAtMs: nowMs + policy.probeEveryMs },
    change: 'suspended',
  };
}
