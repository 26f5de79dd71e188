import type { ContactOutcome } from '@carebell/contracts/contact-outcomes.ts';
import type { EscalationPolicy, PolicyStep } from '@carebell/contracts/escalation.ts';
import type { RecipientGroup } from '@carebell/contracts/recipient-groups.ts';
import type {
  DeadlineName,
  EscalationReason,
  FallStage,
  MissReason,
} from '@carebell/contracts/escalation-steps.ts';
import type { ChannelAddress, NotificationPurpose } from '@carebell/contracts/notifications.ts';
import type { Recipient } from '../notification/notification-store.ts';

type Person = { id: string; displayName: string };

/** Somebody whom a step tells. Without channels only a screen tells them. */
export type Callee = Recipient & { channels: readonly ChannelAddress[] };

/** The policy that an alarm goes by, as it was when the alarm was raised or lifted: a later edit changes no open case. */
export type EscalationPlan = Pick<
  EscalationPolicy,
  'repeatEveryMs' | 'calls' | 'acknowledgementExpiresAfterMs' | 'remindEveryMs'
> & {
  policy: string;
  steps: readonly PolicyStep[];
  answeredWithinMs: number;
  onSiteWithinMs: number | null;
  closedWithinMs: number;
  fall: (EscalationPolicy['fall'] & { isMovementOfResident: boolean }) | null;
};

/** A step whose people are still being called. */
export type Calling = {
  stepKey: string;
  mode: PolicyStep['mode'];
  /** Who is to be called again; in order, the first is the one who is being called. */
  callees: readonly Callee[];
  /** Calls made to them so far, or to the first of them. */
  calls: number;
  /** Calls of this step so far: each has a key of its own. */
  made: number;
  nextAtMs: number;
};

export type Missed = { deadline: DeadlineName; reason: MissReason; dueAtMs: number };

export type FallLife = {
  stage: FallStage;
  /** When the fall was suspected or confirmed. */
  sinceMs: number;
  movedAtMs: number | null;
  /** The end of the grace time while suspected; once confirmed, when the resident is taken to be still lying. */
  dueAtMs: number | null;
};

/** How far an alarm's escalation has come. Every instant that is not `null` is a deadline that the hub keeps. */
export type Escalation = {
  plan: EscalationPlan;
  startedAtMs: number;
  nextStep: number;
  stepsDone: number;
  /** `null` while somebody has the alarm. */
  stepDueAtMs: number | null;
  nextReason: EscalationReason;
  callings: readonly Calling[];
  /** Contacts who were told, and will be told when it is over. */
  told: readonly Callee[];
  answerDueAtMs: number | null;
  onSiteDueAtMs: number | null;
  closeDueAtMs: number | null;
  missed: readonly Missed[];
  /** When the acknowledgement ends unless something follows, and the reminder of its owner; `null` while nobody has it. */
  expiresAtMs: number | null;
  remindAtMs: number | null;
  reminders: number;
  isExpired: boolean;
  fall: FallLife | null;
};

/** Whom the groups have at this moment; filled for those that a due step names. */
export type People = Partial<Record<RecipientGroup | 'root', readonly Callee[]>>;

/** Somebody is to be told, once: the key is unique within the alarm. */
export type Notice = {
  type: 'notify';
  stepKey: string;
  purpose: NotificationPurpose;
  callees: readonly Callee[];
  /** The identifier of a notification to one person that the alarm itself refers to. */
  notificationId?: string;
};

/** What escalation puts on the time line, without what the journal gives it. */
export type EscalationStep =
  | {
      step: 'escalated';
      stepKey: string;
      number: number;
      groups: readonly RecipientGroup[];
      mode: PolicyStep['mode'];
      reason: EscalationReason;
      people: readonly Person[];
    }
  | {
      step: 'called';
      stepKey: string;
      because: 'again' | 'no-answer' | 'refused' | 'not-reached';
      people: readonly Person[];
    }
  | { step: 'acknowledgement-expired'; user: Person; afterMs: number }
  | { step: 'reminded'; user: Person; number: number }
  | { step: 'deadline-missed'; deadline: DeadlineName; dueAtMs: number; reason: MissReason }
  | { step: 'noted'; user: Person; note: string }
  | {
      step: 'contact-tried';
      user: Person;
      contact: Person;
      outcome: ContactOutcome;
      note: string;
      isResident?: true;
    }
  | { step: 'handed-over'; user: Person; from: Person; to: Person; note: string }
  | { step: 'grace-began'; untilMs: number }
  | { step: 'movement-seen'; deviceId: string; movedAtMs: number }
  | { step: 'fall-confirmed'; graceMs: number }
  | { step: 'fall-not-confirmed'; because: 'cancelled' | 'movement' }
  | { step: 'still-lying'; sinceMs: number };

/** What a part of the machine has decided: how the escalation stands, its lines, and who is told. */
export type Turn = { escalation: Escalation; steps: EscalationStep[]; notices: Notice[] };
