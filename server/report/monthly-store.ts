import type { StoredReport } from '@carebell/contracts/report.ts';
import type {
  ChannelAddress,
  NotificationLocale,
  NotificationReason,
} from '@carebell/contracts/notifications.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

export type MonthlyStore = {
  /** Never changes one that is there. */
  insertReport(report: {
    month: string;
    organisationId: string;
    madeAtMs: number;
    report: string;
  }): Promise<boolean>;
  /** Tells those by e-mail who want it, once each; returns how many. */
  queueMails(month: string, nowMs: number): Promise<number>;
  updateMail(mail: {
    month: string;
    userId: string;
    attempts: number;
    dueAtMs: number | null;
    sentAtMs: number | null;
    reason: NotificationReason | null;
  }): Promise<void>;
};

export type DueMail = {
  month: string;
  userId: string;
  organisationId: string;
  attempts: number;
  addresses: readonly ChannelAddress[];
  locale: NotificationLocale | null;
};

export type MonthlyReads = {
  /** When the first alarm was pressed. */
  firstAtMs(): Promise<number | null>;
  /** Months of which all reports are there. */
  storedMonths(): Promise<ReadonlySet<string>>;
  /** The latest month first. */
  list(query: { scope: Scope; limit: number; organisationId?: string | undefined }): Promise<StoredReport[]>;
  report(month: string, organisationId: string): Promise<string | undefined>;
  dueMails(nowMs: number): Promise<DueMail[]>;
};
