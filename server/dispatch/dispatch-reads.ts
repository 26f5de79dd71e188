import type { DispatchPerson } from '@carebell/contracts/dispatch.ts';
import type { DispatchSubject } from './dispatch-people.ts';

/** Who can be sent, read beside the transactions. */
export type DispatchReads = {
  people(subject: DispatchSubject, nowMs: number): Promise<DispatchPerson[]>;
};
