import type { RegistryRefusal } from '../resident/registry-outcome.ts';

/** Why a visit, a follow-up or a call was not entered. */
export type VisitRefusal =
  | RegistryRefusal
  | { ok: false; reason: 'visit-time'; field: 'at' | 'startedAt' }
  | { ok: false; reason: 'follow-up-done' }
  | { ok: false; reason: 'campaign-ended' };
export type VisitOutcome = { ok: true; id: string } | VisitRefusal;
