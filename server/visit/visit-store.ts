import type { Resident } from '@carebell/contracts/registry.ts';
import type { CampaignKind, CampaignResult } from '@carebell/contracts/visit-campaigns.ts';
import type { VisitFrequency, VisitKind, VisitSettingsPatch } from '@carebell/contracts/visit-frequencies.ts';
import type { NotMetReason, Visit, VisitFindings } from '@carebell/contracts/visits.ts';
import type { MadeVisit, Owed, ResidentWorld } from './owed.ts';

export type VisitRecord = {
  id: string;
  residentId: string;
  dwellingId: string;
  stationId: string;
  kind: VisitKind;
  result: Visit['result'];
  reason: NotMetReason | null;
  startedAtMs: number;
  atMs: number;
  recordedAtMs: number;
  visitorId: string;
  checkIn: Visit['checkIn'];
  checkedInAtMs: number | null;
  findings: VisitFindings;
  campaignId: string | null;
};

export type FollowUpRecord = {
  id: string;
  visitId: string;
  residentId: string;
  text: string;
  dueDay: string;
  ownerId: string | null;
  doneAtMs: number | null;
  doneBy: string | null;
  doneNote: string;
};

export type CampaignRecord = {
  id: string;
  name: string;
  kind: CampaignKind;
  organisationId: string;
  groups: Resident['riskGroups'];
  script: string;
  untilMs: number;
  startedAtMs: number;
  startedBy: string;
  endedAtMs: number | null;
};

export type CallRecord = {
  campaignId: string;
  residentId: string;
  stationId: string;
  result: CampaignResult | null;
  isDone: boolean;
  tries: number;
  lastAtMs: number | null;
  lastBy: string | null;
};

/** A resident and the place where they live now, with all that decides what is owed to them but the visits. */
export type VisitedResident = Pick<ResidentWorld, 'lookedAtMs' | 'absences' | 'signAtMs' | 'owed'> & {
  residentId: string;
  dwellingId: string;
  stationId: string;
  grid: string | null;
  riskGroups: Resident['riskGroups'];
  own: VisitFrequency | null;
  /** What organisations have entered, from the top down. */
  entered: VisitSettingsPatch[];
};

export type VisitStore = {
  visited(residentId: string, nowMs: number): Promise<VisitedResident | undefined>;
  residentsIn(dwellingId: string): Promise<string[]>;
  /** Visits that ended since then. */
  madeSince(residentId: string, sinceMs: number): Promise<MadeVisit[]>;
  /** Stores those without an identifier, and those that have changed. */
  putOwed(
    place: Pick<VisitedResident, 'residentId' | 'stationId' | 'grid'>,
    owed: readonly Owed[],
  ): Promise<void>;
  putLook(residentId: string, lookedAtMs: number, nextAtMs: number | null): Promise<void>;
  /** What is owed must be decided again. */
  lookAgain(residentId: string): Promise<void>;
  lookAgainAtAll(): Promise<void>;
  /** Residents of whom it must be decided by now, the longest waiting first. */
  toLookAt(nowMs: number, atMost: number): Promise<string[]>;

  visit(id: string): Promise<VisitRecord | undefined>;
  insertVisit(visit: VisitRecord): Promise<void>;
  checkIn(visitId: string, atMs: number): Promise<void>;
  /** Visits in person at this dwelling that nobody has checked in to, around this time. */
  withoutCheckIn(dwellingId: string, atMs: number, withinMs: number): Promise<VisitRecord[]>;
  insertPress(press: { dwellingId: string; deviceId: string; atMs: number }): Promise<void>;
  pressBetween(dwellingId: string, fromMs: number, untilMs: number): Promise<number | null>;
  forgetPresses(beforeMs: number): Promise<void>;

  followUp(id: string): Promise<FollowUpRecord | undefined>;
  putFollowUp(followUp: FollowUpRecord): Promise<void>;

  settings(organisationId: string): Promise<{ settings: VisitSettingsPatch; version: number } | undefined>;
  putSettings(organisationId: string, settings: VisitSettingsPatch, version: number): Promise<void>;
  plan(
    residentId: string,
  ): Promise<{ frequency: VisitFrequency | null; note: string; version: number } | undefined>;
  putPlan(
    residentId: string,
    plan: { frequency: VisitFrequency | null; note: string; version: number },
  ): Promise<void>;

  campaign(id: string): Promise<CampaignRecord | undefined>;
  putCampaign(campaign: CampaignRecord): Promise<void>;
  /** Puts all residents of these groups below an organisation on the list; returns how many. */
  listResidents(campaign: CampaignRecord): Promise<number>;
  call(campaignId: string, residentId: string): Promise<CallRecord | undefined>;
  putCall(call: CallRecord): Promise<void>;
};
