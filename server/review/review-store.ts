import type { MissReview, MissState } from '@carebell/contracts/review.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

export type ReviewRecord = { alarmId: string; reviewedAtMs: number; userId: string; note: string };

export type ReviewStore = {
  /** `false` if somebody has reviewed it already; nothing is changed then. */
  insert(review: ReviewRecord): Promise<boolean>;
};

export type ReviewReads = {
  /** Alarms that missed a deadline, without drills, and where the page after begins. */
  misses(query: {
    state: MissState;
    scope: Scope;
    limit: number;
    after: string | undefined;
  }): Promise<{ items: { alarmId: string; review: MissReview | null }[]; cursor: string | null }>;
};
