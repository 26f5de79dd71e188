import type { RefusalReason } from '@carebell/contracts/refusals.ts';
/** Something turned away or out of order. Counted by reason and subject per day, with the latest sample. */
export type Refusal = {
  /** Stable name of the reason, e.g. `wrong-secret`. */
  reason: RefusalReason;
  /** Who or what it concerns: a device, gateway or user, or a fixed word where the name itself is the problem. */
  subject: string;
  /** At most 200 characters; never a secret, a name of a person or health data. */
  sample?: string;
};

export type RefusalStore = {
  count(refusal: Refusal, times: number, atMs: number): Promise<void>;
};
