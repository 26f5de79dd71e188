import type { CheckKey } from '@carebell/contracts/commissioning-checks.ts';
import type { RetestNeed, commissioningStates } from '@carebell/contracts/commissioning.ts';
import type { TestScope } from '@carebell/contracts/test-mode.ts';

/** What test mode and commissioning keep. */
export type CommissioningTables = {
  test_modes: {
    id: string;
    of_what: TestScope;
    subject_id: string;
    station_id: string;
    dwelling_id: string | null;
    started_by: string;
    started_at: number;
    ends_at: number;
    ended_at: number | null;
    ended_by: string | null;
    reason: string;
    commissioning_id: string | null;
  };
  commissionings: {
    id: string;
    dwelling_id: string;
    station_id: string;
    state: (typeof commissioningStates)[number];
    started_by: string;
    started_at: number;
    started_seq: number;
    ended_at: number | null;
    test_mode_id: string | null;
    abandoned_because: string | null;
    content: string | null;
    previous_sha256: string | null;
    sha256: string | null;
  };
  commissioning_checks: {
    commissioning_id: string;
    device_id: string;
    key: CheckKey;
    position: number;
    since_at: number;
    passed_at: number | null;
    /** JSON: what was seen when it was passed. */
    evidence: string;
    confirmed_at: number | null;
    /** The open point that it left when it was skipped. */
    point_id: string | null;
  };
  commissioning_points: {
    id: string;
    commissioning_id: string;
    dwelling_id: string;
    station_id: string;
    device_id: string;
    check_key: CheckKey;
    reason: string;
    owner: string;
    due_at: number;
    created_at: number;
    created_by: string;
    done_at: number | null;
    done_by: string | null;
    note: string;
  };
  device_retests: {
    device_id: string;
    commissioning_id: string;
    since_at: number;
    /** JSON. */
    reasons: string;
    needs: RetestNeed;
  };
};
