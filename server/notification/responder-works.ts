import type { ResponderReport } from '@carebell/contracts/notifications.ts';
import { apply } from '../alarm/alarm-service.ts';
import type { AlarmOutcome } from '../alarm/alarm-service.ts';
import type { Transaction } from '../journal/transaction.ts';

/**
 * What a responder says from the phone page. The report that somebody takes it is also the record of who was shown how
 * to get in: the page shows it from then on, and to nobody before.
 */
export async function recordResponderReport(
  tx: Transaction,
  { notificationId, report }: { notificationId: string; report: ResponderReport },
): Promise<AlarmOutcome | { ok: false; reason: 'revoked' }> {
  const notification = await tx.notifications.load(notificationId);
  if (!notification) return { ok: false, reason: 'not-found' };
  if (notification.isLinkRevoked) return { ok: false, reason: 'revoked' };
  const { id, displayName } = notification.recipient;
  return apply(tx, notification.alarmId, {
    type: 'responder-reported',
    report,
    responder: { id, displayName },
    notificationId,
  });
}

export const responderWorks = { recordResponderReport };
