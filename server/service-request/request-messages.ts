import type { Transaction } from '../journal/transaction.ts';
import type { NotificationRecord } from '../notification/notification-store.ts';
import type { NotificationStep } from '../notification/notification-step.ts';
import { isOver } from './request-clocks.ts';
import { applyToRequest } from './request-service.ts';

/** What became of a message stands on the time line of its request. */
export async function noteMessage(tx: Transaction, requestId: string, step: NotificationStep): Promise<void> {
  const request = await tx.requests.load(requestId);
  if (request) await applyToRequest(tx, request, { type: 'message-went-on', step });
}

/** A provider who is no longer asked, or something overdue that is over, is not to be told of any more. */
export async function isMessagePointless(
  tx: Transaction,
  { id, alarmId, purpose }: Pick<NotificationRecord, 'id' | 'alarmId' | 'purpose'>,
): Promise<boolean> {
  const request = await tx.requests.load(alarmId);
  if (!request) return true;
  switch (purpose) {
    case 'service-offered':
      return request.state.offer?.id !== id;
    case 'service-overdue':
      return isOver(request.state);
    default:
      return false;
  }
}
