import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { ContactOutcome } from '@carebell/contracts/contact-outcomes.ts';
import type { DeadlineName, MissReason } from '@carebell/contracts/escalation-steps.ts';
import type { FollowUpResult } from '@carebell/contracts/follow-ups.ts';
import type { Proof } from '@carebell/contracts/closing-proofs.ts';
import type { ScriptAction, ScriptAnswer } from '@carebell/contracts/script-answers.ts';
import type { ScriptText } from '@carebell/contracts/handling.ts';

/** What is known of how an open alarm is handled; each part is absent while there is nothing of it. */
export type Handling = {
  /** What answers have shown of the resident, by the step that was answered: answered otherwise, it is gone. */
  shown?: Readonly<Record<string, { proof: Exclude<Proof, 'device-event'>; atMs: number }>>;
  callBack?: CallBack;
};

/** When the owner wants to be rung again. It stays until it is done, moved, or the alarm closed. */
export type CallBack = { user: Person; dueAtMs: number; note: string; isDue: boolean };

/** The resident is to be asked how it was; absent where nobody is, or when it is over. */
export type FollowUp = { sinceMs: number; tries: number };

/** A step of a script as it was done. */
export type DoneStep = {
  key: string;
  action: ScriptAction;
  text: ScriptText;
  answer: ScriptAnswer;
  contact?: Person;
  note: string;
};

/** What handling does to an alarm. */
export type HandlingInput =
  | {
      type: 'script-step';
      user: Person;
      step: DoneStep;
      /** What became of the call, if somebody of the resident's people was called. */
      called: { contact: Person; outcome: ContactOutcome } | null;
      /** What the answer shows of the resident. */
      shows: Exclude<Proof, 'device-event'> | null;
    }
  | { type: 'access-viewed'; user: Person }
  | { type: 'call-back'; user: Person; dueAtMs: number; note: string }
  | { type: 'call-back-done'; user: Person }
  | { type: 'resident-asked'; user: Person; result: FollowUpResult; score: number | null; note: string }
  | { type: 'miss-reviewed'; user: Person; note: string };

/** What handling puts on the time line, without what the journal gives it. */
export type HandlingStep =
  | ({ step: 'script-step-done'; user: Person } & DoneStep)
  | { step: 'access-viewed'; user: Person }
  | { step: 'call-back-set'; user: Person; dueAtMs: number; note: string }
  | { step: 'call-back-due'; user: Person }
  | { step: 'call-back-done'; user: Person }
  | { step: 'resident-asked'; user: Person; result: FollowUpResult; score: number | null; note: string }
  | {
      step: 'miss-reviewed';
      user: Person;
      missed: { deadline: DeadlineName; reason: MissReason }[];
      note: string;
    };
