import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { NotificationReason } from '@carebell/contracts/notifications.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';

/**
 * Stores the report of a month, once and for good. The root's comes last: with it the month is complete, and in the same
 * transaction those who want to know are put down to be told.
 */
async function storeMonthlyReport(
  tx: Transaction,
  call: { month: string; organisationId: string; report: string; isLatest: boolean },
): Promise<{ isNew: boolean; mails: number }> {
  const { month, organisationId, report, isLatest } = call;
  const isNew = await tx.monthly.insertReport({ month, organisationId, madeAtMs: tx.nowMs, report });
  if (!isNew) return { isNew, mails: 0 };
  const fields = [month];
  await appendRegistryEntry(tx, { kind: 'report-stored', id: organisationId, actorId: 'hub', fields });
  const isComplete = organisationId === rootOrganisationId && isLatest;
  return { isNew, mails: isComplete ? await tx.monthly.queueMails(month, tx.nowMs) : 0 };
}

const minuteMs = 60_000;
/** After 1, 2, 4 … minutes and then every hour: two days of a mail server that is down. */
const mostAttempts = 54;

/** What became of an attempt to tell somebody by e-mail. */
async function recordReportMail(
  tx: Transaction,
  call: {
    month: string;
    userId: string;
    attempts: number;
    reason: NotificationReason | null;
    isFinal: boolean;
  },
): Promise<void> {
  const { month, userId, reason } = call;
  const attempts = call.attempts + 1;
  const isOver = reason === null || call.isFinal || attempts >= mostAttempts;
  const waitMs = Math.min(60, 2 ** (attempts - 1)) * minuteMs;
  await tx.monthly.updateMail({
    month,
    userId,
    attempts,
    reason,
    sentAtMs: reason === null ? tx.nowMs : null,
    dueAtMs: isOver ? null : tx.nowMs + waitMs,
  });
}

export const monthlyWorks = { storeMonthlyReport, recordReportMail };
