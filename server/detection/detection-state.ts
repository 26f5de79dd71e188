import type { Reason } from '@carebell/contracts/detection.ts';

/** What an alarm keeps of detection: why the hub raised it by itself. */
export type Detected = { reason?: Reason };

/** A line of an alarm's time line; instants stand as the contract writes them. */
export type DetectionStep =
  | { step: 'noticed'; reason: Reason }
  | { step: 'activity-seen' | 'later-event'; deviceId: string; eventKind: string; happenedAt: string };

/** What detection tells an alarm. */
export type DetectionInput =
  | { type: 'noticed'; reason: Reason }
  | {
      type: 'life-seen';
      is: 'activity-seen' | 'later-event';
      deviceId: string;
      eventKind: string;
      happenedAt: string;
    };
