import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { ServiceLimits } from '@carebell/contracts/service-catalogue.ts';
import type {
  CancelReason,
  OfferRefusal,
  ProviderWay,
  RefuseReason,
  RequestClock,
  RequestPhase,
  ServiceKind,
} from '@carebell/contracts/service-kinds.ts';
import type { RequestTimelineEntry } from '@carebell/contracts/service-steps.ts';
import type { NotificationStep } from '../notification/notification-step.ts';

export type PlaceName = { id: string; name: string };
export type ProviderName = { id: string; name: string; phone: string };

/** What is known of a request. All instants are milliseconds since the epoch. */
export type RequestState = {
  phase: RequestPhase;
  kind: ServiceKind;
  askedBy: 'press' | 'phone';
  askedAtMs: number;
  presses: number;
  wishedAtMs: number | null;
  details: Readonly<Record<string, string>>;
  note: string;
  test?: { id: string };
  /** Those of the service when it was asked for. */
  limits: ServiceLimits;
  owner: Person | null;
  takenAtMs: number | null;
  arrangedAtMs: number | null;
  endedAtMs: number | null;
  told: { state: ReassuranceState; atMs: number } | null;
  offer: { id: string; provider: ProviderName; atMs: number; dueAtMs: number; byPhone: boolean } | null;
  arranged: {
    provider: ProviderName | null;
    forMs: number | null;
    note: string;
    offerId: string | null;
  } | null;
  handOver: { from: PlaceName | null; to: PlaceName; dueAtMs: number; note: string } | null;
  missed: readonly RequestClock[];
  /** When the street is told again of what was missed, and how often it was. */
  remind: { atMs: number; times: number } | null;
  reason: string | null;
  feedback: { score: number; note: string; atMs: number } | null;
};

/** Everything that can happen to a request after it was asked. */
export type RequestInput =
  | { type: 'pressed-again'; deviceId: string }
  | { type: 'take'; user: Person; takeOver: boolean }
  | { type: 'release'; user: Person }
  | {
      type: 'change';
      user: Person;
      details?: Readonly<Record<string, string>> | undefined;
      note?: string | undefined;
      wishedAtMs?: number | null | undefined;
    }
  | { type: 'note'; user: Person; note: string }
  | { type: 'told'; deviceId: string; state: ReassuranceState; ok: boolean; reason: string }
  | { type: 'offer'; user: Person; provider: ProviderName; offerId: string; byPhone: boolean }
  | {
      type: 'offer-accepted';
      offerId: string;
      forMs: number | null;
      note: string;
      way: ProviderWay;
      user: Person | null;
    }
  | {
      type: 'offer-refused';
      offerId: string;
      reason: OfferRefusal;
      note: string;
      way: ProviderWay;
      user: Person | null;
    }
  | { type: 'withdraw-offer'; user: Person; note: string }
  | { type: 'arrange'; user: Person; provider: ProviderName | null; forMs: number | null; note: string }
  | { type: 'hand-over'; user: Person; from: PlaceName | null; to: PlaceName; note: string }
  | { type: 'hand-over-accepted'; user: Person; note: string }
  | { type: 'hand-over-declined'; user: Person; note: string }
  | { type: 'done'; user: Person; note: string }
  | { type: 'provider-done'; offerId: string; way: ProviderWay; note: string }
  | { type: 'feedback'; user: Person; score: number; note: string }
  | { type: 'refuse'; user: Person; reason: RefuseReason; note: string }
  | { type: 'cancel'; user: Person; reason: CancelReason; note: string }
  | { type: 'reopen'; user: Person; note: string }
  | { type: 'taken-as-real' }
  | { type: 'deadline-passed' }
  | { type: 'message-went-on'; step: NotificationStep };

/** Instants of a step by the contract are texts; here they are numbers until they are read. */
type AsStored<T> = {
  [
    K in keyof T as K extends 'dueAt'
      ? 'dueAtMs'
      : K extends 'for'
        ? 'forMs'
        : K extends 'askedAt'
          ? 'askedAtMs'
          : K
  ]: K extends 'dueAt' | 'askedAt' ? number : K extends 'for' ? number | null : T[K];
};
type WithoutPlace<T> = T extends unknown ? AsStored<Omit<T, 'seq' | 'at'>> : never;

/** A line of the time line, without the sequence number and instant that the journal gives it. */
export type RequestStep = WithoutPlace<RequestTimelineEntry>;

/** What must be done with the state, in the same transaction. */
export type RequestEffect =
  | { type: 'ask-provider'; offerId: string; provider: ProviderName }
  /** It need not come: it was asked, or had even accepted and expects to. */
  | { type: 'withdraw-from-provider'; offerId: string; provider: ProviderName; isComing: boolean }
  | { type: 'tell-street'; clock: RequestClock; number: number }
  | { type: 'answer-alarm'; user: Person; takeOver: boolean }
  /** The resident has said how it was, and is not asked once more. */
  | { type: 'answer-follow-up'; user: Person; score: number; note: string }
  | { type: 'close-alarm'; user: Person; disposition: 'service-arranged' | 'test' | 'other'; note: string };

export type RequestRefusal =
  | 'request-over'
  | 'request-taken'
  | 'request-not-taken'
  | 'request-not-arranged'
  | 'request-not-done'
  | 'request-not-over'
  | 'offer-open'
  | 'no-offer'
  | 'hand-over-open'
  | 'no-hand-over'
  | 'note-missing';

export type RequestDecision =
  | { ok: true; state: RequestState; steps: RequestStep[]; effects: RequestEffect[] }
  | { ok: false; reason: RequestRefusal };
