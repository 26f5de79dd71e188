import type { AuditEntry } from '@carebell/contracts/audit.ts';
import type { JournalEvent, Refusal } from '@carebell/contracts/http-api.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

export type AuditReads = {
  /** Refusals of the last `days`, the latest first; of these subjects, or all. */
  refusals(query: {
    sinceDay: string;
    subject?: string | undefined;
    reason?: string | undefined;
    limit: number;
  }): Promise<Refusal[]>;
  /** What people did, of these kinds, the newest first, before a sequence number. */
  records(query: {
    kinds: readonly string[];
    scope: Scope;
    residentId?: string | undefined;
    beforeSeq?: number | undefined;
    limit: number;
  }): Promise<AuditEntry[]>;
  /** What a device or gateway said, the newest first, before a sequence number. */
  events(query: { deviceId: string; beforeSeq?: number | undefined; limit: number }): Promise<JournalEvent[]>;
};
