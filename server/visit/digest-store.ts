import type { EscalationTier } from '@carebell/contracts/visits.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

/** What the people of one organisation were told of on one day: how many visits were overdue, and how many people were told. */
export type DigestRecord = {
  id: string;
  organisationId: string;
  tier: EscalationTier;
  day: string;
  madeAtMs: number;
  visits: number;
  recipients: number;
  /** When it first reached somebody. */
  toldAtMs: number | null;
};

export type DigestStore = {
  digest(id: string): Promise<DigestRecord | undefined>;
  /** `false` if this organisation has one of this tier and day; nothing is changed then. */
  insert(digest: DigestRecord): Promise<boolean>;
  /** Somebody has been reached by it; the first time counts. */
  told(id: string, atMs: number): Promise<void>;
  /** These overdue visits are told of by this digest. */
  tellOf(digest: Pick<DigestRecord, 'id' | 'tier'>, owedIds: readonly string[]): Promise<void>;
  /** Something of it is still overdue. */
  isOfUse(id: string): Promise<boolean>;
  putNextAt(organisationId: string, nextAtMs: number): Promise<void>;
  /** The hours have changed: it must be looked anew. */
  lookAgainAtAll(): Promise<void>;
};

/** What a digest says, as things stand when it is sent. */
export type DigestContents = {
  id: string;
  organisationId: string;
  organisationName: string;
  tier: EscalationTier;
  madeAtMs: number;
  /** What of it is still overdue, and since when the oldest of them. */
  visits: number;
  sinceMs: number;
  residents: number;
  /** The longest overdue first. */
  longest: readonly { name: string; stationName: string; sinceMs: number }[];
};

export type DigestReads = {
  /** Organisations at which it must be looked now, with the last days of which they were told. */
  digestsDue(
    nowMs: number,
    limit: number,
  ): Promise<{ organisationId: string; tier: EscalationTier; toldDays: readonly string[] }[]>;
  /** Missed visits that nobody has made up for and that have come to this tier; nobody is sent to an empty home. */
  overdueVisits(query: { scope: Scope; tier: EscalationTier; nowMs: number }): Promise<string[]>;
  /** `undefined` of one that is not there, or of which nothing is overdue any more. */
  digestContents(id: string, atMost: number): Promise<DigestContents | undefined>;
};
