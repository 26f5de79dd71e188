import type { AlarmKind, Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';
import type { DrillNotifies } from '@carebell/contracts/drill.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { ResponderReport } from '@carebell/contracts/notifications.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type { ContactOutcome } from '@carebell/contracts/contact-outcomes.ts';
import type { Escalation, EscalationStep, Notice } from '../escalation/escalation-state.ts';
import type { ClosingProof } from '@carebell/contracts/handling.ts';
import type { ClosingClaim, ProofRefusal } from '../handling/closing-proof.ts';
import type { Dispatch, DispatchInput, DispatchStep } from '../dispatch/dispatch-state.ts';
import type { FollowUp, Handling, HandlingInput, HandlingStep } from '../handling/handling-state.ts';
import type { Detected, DetectionInput, DetectionStep } from '../detection/detection-state.ts';
import type { NotificationStep } from '../notification/notification-step.ts';

/** What is true of an alarm in every phase. All instants are milliseconds since the epoch. */
export type AlarmCore = Handling &
  Dispatch &
  Detected & {
    kind: AlarmKind;
    priority: Priority;
    pressedAtMs: number;
    raisedAtMs: number;
    lastPressedAtMs: number;
    presses: number;
    isLate: boolean;
    cancelledAtMs: number | null;
    displayedAtMs: number | null;
    audience: OrganisationLevel;
    /** The devices that raised or joined it, in that order: each of them tells the resident how it goes on. */
    deviceIds: readonly string[];
    /** Who answered from their phones, and how far each has come; absent while nobody has. */
    responders?: readonly (Person & { report: ResponderReport; atMs: number })[];
    /** It is practice: nobody is in danger, and no device and nobody outside is told; absent of what is real. */
    drill?: { id: string; notifies: DrillNotifies };
    /** It came in test mode: to be treated as real all the same; gone once somebody says that it is real. */
    test?: { id: string };
    /** How its policy goes on, and what is due when; absent in alarms that were raised before there were policies. */
    escalation?: Escalation;
  };

export type RaisedAlarm = AlarmCore & {
  phase: 'raised';
  /** When it goes to the next level unless a screen displays it first; `null` once displayed or at the top. */
  displayDeadlineAtMs: number | null;
};
export type AcknowledgedAlarm = AlarmCore & {
  phase: 'acknowledged';
  owner: Person;
  acknowledgedAtMs: number;
};
export type ClosedAlarm = AlarmCore & {
  phase: 'closed';
  owner: Person;
  acknowledgedAtMs: number;
  closedAtMs: number;
  disposition: Disposition;
  note: string;
  /** With what it was closed; absent where none was needed. */
  proof?: ClosingProof;
  followUp?: FollowUp;
};
export type AlarmState = RaisedAlarm | AcknowledgedAlarm | ClosedAlarm;

/** Everything that can happen to an alarm after it was raised. */
export type AlarmInput =
  | { type: 'pressed'; kind: AlarmKind; deviceId: string; tellsResident: boolean; pressedAtMs: number }
  | { type: 'cancelled-by-resident'; deviceId: string; eventKind: string }
  | { type: 'displayed'; user: Person; screenId: string }
  | { type: 'deadline-passed' }
  | { type: 'acknowledge'; user: Person }
  | { type: 'take-over'; user: Person }
  | { type: 'hand-over'; user: Person; to: Person; mayHandOverForOthers: boolean; note: string }
  | { type: 'take-as-real'; user: Person }
  | { type: 'note'; user: Person; note: string }
  | {
      type: 'contact-tried';
      user: Person;
      contact: Person;
      isResident?: boolean;
      outcome: ContactOutcome;
      note: string;
    }
  | HandlingInput
  | DispatchInput
  | DetectionInput
  | { type: 'moved'; deviceId: string; movedAtMs: number }
  | { type: 'device-entered'; user: Person; deviceId: string }
  | ({
      type: 'close';
      user: Person;
      mayCloseForOthers: boolean;
      disposition: Disposition;
      note: string;
    } & ClosingClaim)
  | {
      type: 'reopen';
      user: Person;
      mayCloseForOthers: boolean;
      /** Which closing is taken back, as the user saw it; `null` for whichever was the last. */
      closedAtMs: number | null;
      /** Another alarm of the same subject and group is open now. */
      isAnotherOpen: boolean;
      note: string;
    }
  | {
      type: 'reassurance-answered';
      deviceId: string;
      state: ReassuranceState;
      commandId: string;
      ok: boolean;
      reason: string;
    }
  | { type: 'notification-went-on'; step: NotificationStep }
  | { type: 'responder-reported'; report: ResponderReport; responder: Person; notificationId: string };

/** A line of the time line, without the sequence number and instant that the journal gives it. */
export type AlarmStep =
  | {
      step: 'raised';
      kind: AlarmKind;
      deviceId: string;
      pressedAtMs: number;
      receivedAtMs: number;
      isLate: boolean;
      /** The drill that this is; absent of what is real. */
      drill?: string;
      /** The test within which it came; absent of what is real. */
      test?: string;
    }
  | { step: 'pressed-again'; deviceId: string; pressedAtMs: number }
  | { step: 'lifted'; kind: AlarmKind; deviceId: string; pressedAtMs: number }
  | { step: 'cancelled-by-resident'; deviceId: string; eventKind: string }
  | { step: 'displayed'; user: Person; screenId: string }
  | { step: 'audience-widened'; audience: OrganisationLevel }
  | { step: 'acknowledged'; user: Person }
  | { step: 'device-entered'; user: Person; deviceId: string }
  | { step: 'taken-over'; user: Person; from: Person }
  | { step: 'closed'; user: Person; disposition: Disposition; note: string; proof?: ClosingProof }
  | { step: 'reopened'; user: Person; note: string }
  | { step: 'taken-as-real'; user: Person }
  | { step: 'reassurance-queued'; deviceId: string; state: ReassuranceState; commandId: string }
  | { step: 'reassurance-shown'; deviceId: string; state: ReassuranceState; commandId: string }
  | {
      step: 'reassurance-failed';
      deviceId: string;
      state: ReassuranceState;
      commandId: string;
      reason: string;
    }
  | NotificationStep
  | EscalationStep
  | HandlingStep
  | DispatchStep
  | DetectionStep
  | { step: 'responder-reported'; report: ResponderReport; responder: Person; notificationId: string };

/** What must be done after the commit. Carried out from the outboxes, so a crash may repeat it and not lose it. */
export type AlarmEffect = { type: 'reassure'; deviceId: string; state: ReassuranceState } | Notice;

export type AlarmRefusal =
  | 'already-acknowledged'
  | 'already-closed'
  | 'not-acknowledged'
  | 'not-owner'
  | 'own-alarm'
  | 'note-missing'
  | 'not-a-test'
  | 'still-a-test'
  | 'nothing-missed'
  | ProofRefusal
  | 'no-call-back'
  | 'not-to-be-asked'
  | 'not-closed'
  | 'closed-too-long'
  | 'changed-meanwhile'
  | 'another-is-open';

export type AlarmDecision =
  | { ok: true; state: AlarmState; steps: AlarmStep[]; effects: AlarmEffect[] }
  | { ok: false; reason: AlarmRefusal };
