import type { NotificationLocale, NotificationReason } from '@carebell/contracts/notifications.ts';

/** What one channel is to tell one person. */
export type ChannelMessage = {
  /** The notification's identifier, the same at every attempt: a receiver tells a repeat by it. */
  id: string;
  /** E-mail address, telephone number, push subscription as JSON; empty for a channel that is its own receiver. */
  address: string;
  locale: NotificationLocale;
  title: string;
  /** The whole message in plain text, the link included. */
  text: string;
  /** The same in one line, for what is paid by length. */
  short: string;
  link: string | null;
  /** 0 emergency to 3 technical. */
  urgency: number;
  /** What happened, for programs. */
  alarm: { id: string; kind: string; priority: string; pressedAt: string; stationId: string | null };
  /** What a provider is asked; absent of everything else. `alarm` is then the request, so that older receivers still see what it is. */
  request?: { id: string; kind: string; wishedAt: string | null; answerUntil: string | null };
};

/**
 * What became of one attempt. `answer` is what the other end said, at most 500 characters, for the person who tests
 * the channel; it may hold personal data and is neither stored nor logged.
 */
export type Receipt =
  /** The provider has it, under its own identifier. It should tell of the delivery within `reportWithinMs`; `null` if it never does. */
  | { is: 'accepted'; receiptId: string; reportWithinMs: number | null; answer: string }
  /** The receiver itself has confirmed it. */
  | { is: 'delivered'; receiptId: string | null; answer: string }
  | {
      is: 'refused';
      reason: NotificationReason;
      /** The same message may come through later by the same channel. */
      isWorthRetrying: boolean;
      /** It says something about the channel rather than about this message or recipient. */
      isChannelsFault: boolean;
      /** The provider has asked to be left alone for so many milliseconds. */
      retryAfterMs?: number;
      answer: string;
    };

/**
 * One way to reach people, set up and ready. `send` and `probe` resolve to a receipt whatever happens at the other end
 * and end soon after `signal` aborts, as `timed-out`; they reject for defects only.
 */
export type Channel = {
  send(message: ChannelMessage, signal: AbortSignal): Promise<Receipt>;
  /** Finds out, without telling anybody anything, whether a suspended channel works again. */
  probe(signal: AbortSignal): Promise<Receipt>;
};

/** The longest `answer` of a receipt, in characters. */
export const longestAnswer = 500;
