import type { RequestCounts, RequestView, ServiceRequest } from '@carebell/contracts/service-requests.ts';
import type { Service } from '@carebell/contracts/service-catalogue.ts';
import type { ServiceKind } from '@carebell/contracts/service-kinds.ts';
import type { RequestTimelineEntry } from '@carebell/contracts/service-steps.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';
import type { EnteredServices } from './request-store.ts';

export type RequestListQuery = PageQuery & {
  view: RequestView;
  scope: Scope;
  userId: string;
  /** When the day began, by the clocks on the wall. */
  todayMs: number;
  stationId?: string | undefined;
  residentId?: string | undefined;
  kind?: ServiceKind | undefined;
};

/** What is counted of one request. */
export type RequestFacts = {
  stationId: string | null;
  residentId: string | null;
  kind: ServiceKind;
  askedBy: 'press' | 'phone';
  phase: ServiceRequest['phase'];
  missed: ServiceRequest['missed'];
  isTaken: boolean;
  isArranged: boolean;
  score: number | null;
};

export type RequestReads = {
  requests(query: RequestListQuery): Promise<Page<ServiceRequest>>;
  counts(query: Pick<RequestListQuery, 'scope' | 'userId' | 'stationId'>): Promise<RequestCounts>;
  request(id: string): Promise<ServiceRequest | undefined>;
  timeline(id: string): Promise<RequestTimelineEntry[]>;
  /** Whether this part of the organisation sees it: it is from there, there, or offered there. */
  isSeenBy(id: string, scope: Scope): Promise<boolean>;
  /** The request's own station, those beside it and all above, without the one that has it. */
  near(request: ServiceRequest): Promise<{ id: string; name: string }[]>;
  isAnyDue(nowMs: number): Promise<boolean>;
  facts(span: { fromMs: number; toMs: number; scope: Scope }): Promise<RequestFacts[]>;
  services(organisationId: string): Promise<EnteredServices | undefined>;
  /** The organisation and those above, the nearest first, with what was entered there. */
  servicesAbove(organisationId: string): Promise<{ id: string; name: string; services: Service[] }[]>;
};
