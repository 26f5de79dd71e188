import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';

type Line<S extends TimelineEntry['step']> = Omit<Extract<TimelineEntry, { step: S }>, 'seq' | 'at'>;

/** A line of the alarm's time line about a notification, without what the journal gives it. */
export type NotificationStep =
  | Line<'notification-queued'>
  | Line<'notification-accepted'>
  | Line<'notification-delivered'>
  | Line<'notification-failed'>
  | Line<'notification-gave-up'>;

export type QueuedStep = Line<'notification-queued'>;
