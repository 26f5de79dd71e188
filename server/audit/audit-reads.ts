import type { JournalEvent, Refusal } from '@carebell/contracts/http-api.ts';

export type AuditReads = {
  /** Refusals of the last `days`, the latest first; of these subjects, or all. */
  refusals(query: {
    sinceDay: string;
    subject?: string | undefined;
    reason?: string | undefined;
    limit: number;
  }): Promise<Refusal[]>;
  /** What a device or gateway said, the newest first, before a sequence number. */
  events(query: { deviceId: string; beforeSeq?: number | undefined; limit: number }): Promise<JournalEvent[]>;
};
