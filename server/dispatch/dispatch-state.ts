import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { DispatchWay } from '@carebell/contracts/dispatch-ways.ts';
import type { Callee } from '../escalation/escalation-state.ts';
import type { DoneStep } from '../handling/handling-state.ts';

/** Somebody was asked to go to the resident. */
export type Asked = Person & {
  way: DispatchWay | 'practised';
  atMs: number;
  /** Whose link it is; `null` without one. */
  notificationId: string | null;
  /** The step of the script that was done by it; absent of those after the first. */
  stepKey?: string;
  /** The link was taken back, or nothing reached this person; absent while they may still come. */
  ended?: 'withdrawn' | 'not-reached';
};

/** Who was asked to go there, in that order; absent while nobody was. */
export type Dispatch = { asked?: readonly Asked[] };

export type DispatchInput =
  | {
      type: 'responder-asked';
      user: Person;
      responder: Callee;
      way: DispatchWay;
      /** The identifier that the notification will have. */
      notificationId: string;
      /** The last link that this person was sent about the alarm, whoever sent it. */
      linked: { notificationId: string; atMs: number } | null;
      /** The step of the script that is done by it. */
      scriptStep: DoneStep | null;
    }
  | { type: 'link-withdrawn'; user: Person; responder: Person; notificationId: string };

/** What sending somebody puts on the time line, without what the journal gives it. */
export type DispatchStep =
  | {
      step: 'responder-asked';
      user: Person;
      responder: Person;
      way: Asked['way'];
      notificationId: string | null;
      isJoined?: true;
    }
  | { step: 'link-withdrawn'; user: Person; responder: Person; notificationId: string };
