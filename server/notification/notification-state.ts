import type { NotificationReason } from '@carebell/contracts/notifications.ts';

type Counts = {
  /** Attempts so far, over all channels. */
  attempt: number;
  /** Attempts on the channel that `channelIndex` names among the recipient's. */
  attemptsOnChannel: number;
  channelIndex: number;
};

/** Where a notification stands. All instants are milliseconds since the epoch. */
export type NotificationState =
  | (Counts & { is: 'queued'; dueAtMs: number; channelId: string | null })
  /** Handed to the channel. If the hub hears nothing until `leaseUntilMs`, or is started again, it is sent once more. */
  | (Counts & { is: 'sending'; channelId: string; leaseUntilMs: number })
  /** The provider has it. Until `reportDueAtMs` it should tell of the delivery; `null` if it never tells. */
  | (Counts & { is: 'accepted'; channelId: string; receiptId: string; reportDueAtMs: number | null })
  | (Counts & { is: 'delivered'; channelId: string; receiptId: string | null })
  | (Counts & { is: 'gave-up'; reason: NotificationReason });
