import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type { Campaign, CampaignCall } from '@carebell/contracts/visit-campaigns.ts';
import type {
  VisitCause,
  VisitFrequency,
  VisitSettingsPatch,
} from '@carebell/contracts/visit-frequencies.ts';
import type { DueResident, EscalationTier, Visit, VisitFollowUp } from '@carebell/contracts/visits.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';
import type { DigestReads } from './digest-store.ts';
import type { Owed } from './owed.ts';

export type DueQuery = PageQuery & {
  scope: Scope;
  nowMs: number;
  stationId?: string | undefined;
  residentId?: string | undefined;
  state: 'due' | 'overdue' | 'away' | 'all';
  escalatedTo?: EscalationTier | undefined;
};

/** What was owed to somebody, with whom the rate names. */
export type RateRow = Pick<
  Owed,
  'phase' | 'kind' | 'isCheckedIn' | 'settledAtMs' | 'tier' | 'excuse' | 'tries' | 'whyNot' | 'signAtMs'
> & {
  residentId: string;
  residentName: string;
  address: string;
  stationId: string;
  grid: string | null;
  fromMs: number;
  untilMs: number;
  /** Since which absence the resident is away, of one that is excused for it. */
  absence: AbsenceKind | null;
};

export type EnteredSettings = {
  id: string;
  name: string;
  level: OrganisationLevel;
  settings: VisitSettingsPatch;
  version: number;
};

export type VisitReads = DigestReads & {
  isAnyToLookAt(nowMs: number): Promise<boolean>;
  /** In the order in which their time ends. */
  due(query: DueQuery): Promise<Page<DueResident>>;
  visit(id: string): Promise<Visit | undefined>;
  /** The latest first. */
  visitsOf(residentId: string, limit: number): Promise<Visit[]>;
  pressesAt(dwellingId: string, sinceMs: number): Promise<{ deviceId: string; atMs: number }[]>;
  followUps(
    query: PageQuery & {
      scope: Scope;
      today: string;
      stationId?: string | undefined;
      ownerId?: string | undefined;
    },
  ): Promise<Page<VisitFollowUp>>;
  followUp(id: string, today: string): Promise<VisitFollowUp | undefined>;
  plan(residentId: string): Promise<
    | {
        riskGroups: Resident['riskGroups'];
        own: VisitFrequency | null;
        note: string;
        version: number;
      }
    | undefined
  >;
  /** What an organisation has entered, and those above it, the nearest first. */
  settings(organisationId: string): Promise<EnteredSettings[]>;
  /** What was owed for this cause with a beginning in this time; nothing that was dropped. */
  owedBetween(query: {
    cause: VisitCause;
    fromMs: number;
    untilMs: number;
    scope: Scope;
  }): Promise<RateRow[]>;
  countsBetween(query: {
    cause: VisitCause;
    fromMs: number;
    untilMs: number;
    scope: Scope;
  }): Promise<{ due: number; done: number }>;
  campaigns(query: PageQuery & { scope: Scope }): Promise<Page<Campaign>>;
  campaign(id: string, scope: Scope): Promise<Campaign | undefined>;
  calls(
    query: PageQuery & {
      campaignId: string;
      scope: Scope;
      stationId?: string | undefined;
      state: 'open' | 'done' | 'all';
    },
  ): Promise<Page<CampaignCall>>;
};
