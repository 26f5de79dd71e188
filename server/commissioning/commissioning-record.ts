import type { CheckKey } from '@carebell/contracts/commissioning-checks.ts';
import type { CheckEvidence, RetestNeed, RetestReason } from '@carebell/contracts/commissioning.ts';

/** A commissioning as it is kept. All instants are milliseconds since the epoch. */
export type CommissioningRecord = {
  id: string;
  dwellingId: string;
  stationId: string;
  state: 'open' | 'signed' | 'abandoned';
  startedBy: string;
  startedAtMs: number;
  /** Where the journal stood: what devices said later stands behind it. */
  startedSeq: number;
  endedAtMs: number | null;
  testModeId: string | null;
  abandonedBecause: string | null;
  content: string | null;
  previousSha256: string | null;
  sha256: string | null;
};

/** One check of one device. Skipped while it has a point. */
export type CheckRecord = {
  commissioningId: string;
  deviceId: string;
  key: CheckKey;
  position: number;
  sinceMs: number;
  passedAtMs: number | null;
  evidence: CheckEvidence;
  confirmedAtMs: number | null;
  pointId: string | null;
};

export type PointRecord = {
  id: string;
  commissioningId: string;
  dwellingId: string;
  stationId: string;
  deviceId: string;
  check: CheckKey;
  reason: string;
  owner: string;
  dueAtMs: number;
  createdAtMs: number;
  createdBy: string;
  doneAtMs: number | null;
  doneBy: string | null;
  note: string;
};

export type RetestRecord = {
  deviceId: string;
  commissioningId: string;
  sinceMs: number;
  reasons: readonly RetestReason[];
  needs: RetestNeed;
};

export type CommissioningStore = {
  insert(commissioning: CommissioningRecord): Promise<void>;
  load(id: string): Promise<CommissioningRecord | undefined>;
  update(commissioning: CommissioningRecord): Promise<void>;
  openAt(dwellingId: string): Promise<CommissioningRecord | undefined>;
  /** The one that was signed last on this hub. */
  lastSigned(): Promise<CommissioningRecord | undefined>;
  checks(commissioningId: string): Promise<CheckRecord[]>;
  insertCheck(check: CheckRecord): Promise<void>;
  updateCheck(check: CheckRecord): Promise<void>;
  points(commissioningId: string): Promise<PointRecord[]>;
  point(id: string): Promise<PointRecord | undefined>;
  insertPoint(point: PointRecord): Promise<void>;
  updatePoint(point: PointRecord): Promise<void>;
  deletePoint(id: string): Promise<void>;
  /** The signed commissioning in which this device was tested last. */
  signedOf(deviceId: string): Promise<string | undefined>;
  retest(deviceId: string): Promise<RetestRecord | undefined>;
  putRetest(retest: RetestRecord): Promise<void>;
  clearRetest(deviceId: string): Promise<void>;
  keepRetestCursor(seq: number): Promise<void>;
};
