import type { NotificationReason } from '@carebell/contracts/notifications.ts';

type Counts = {
  /** Attempts so far, over all channels. */
  attempt: number;
  /** Attempts on each of the recipient's channels; one that is out of the question counts as used up. */
  spent: readonly number[];
  /** Which of the recipient's channels is or was used last. */
  channelIndex: number;
};

/** Where a notification stands. All instants are milliseconds since the epoch. */
export type NotificationState =
  /** `channelId` is the channel that it was or will be sent by, as far as that is known. */
  | (Counts & { is: 'queued'; dueAtMs: number; channelId: string | null; isWaiting: boolean })
  /** Handed to the channel. If the hub hears nothing until `leaseUntilMs`, or is started again, it is sent once more. */
  | (Counts & { is: 'sending'; channelId: string; leaseUntilMs: number })
  /** The provider has it. Until `reportDueAtMs` it should tell of the delivery; `null` if it never tells. */
  | (Counts & { is: 'accepted'; channelId: string; receiptId: string; reportDueAtMs: number | null })
  | (Counts & { is: 'delivered'; channelId: string; receiptId: string | null })
  | (Counts & { is: 'gave-up'; reason: NotificationReason });
