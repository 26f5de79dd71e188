/** The keys of a one-key terminal that call for a service: registration at a hospital, taxi, meal, advice. */
export const serviceKinds = ['registration', 'taxi', 'meal', 'advice'] as const;
export type ServiceKind = (typeof serviceKinds)[number];

export function isServiceKind(kind: string): kind is ServiceKind {
  return serviceKinds.some((one) => one === kind);
}

/** Asked and taken are still to be arranged; the last three are over. */
export const requestPhases = ['asked', 'taken', 'arranged', 'done', 'refused', 'cancelled'] as const;
export type RequestPhase = (typeof requestPhases)[number];

/** What of a request must have happened by a time. */
export const requestClocks = ['taken', 'arranged', 'done'] as const;
export type RequestClock = (typeof requestClocks)[number];

/** What is due next: one of the clocks, or the answer of whom it was offered or handed over to. */
export const requestDues = [...requestClocks, 'offer', 'hand-over'] as const;
export type RequestDue = (typeof requestDues)[number];

/** Why the station cannot help. `other` needs a note. */
export const refuseReasons = [
  'not-offered',
  'no-provider',
  'outside-hours',
  'not-entitled',
  'other',
] as const;
export type RefuseReason = (typeof refuseReasons)[number];

/** Why it is no longer wanted. `other` needs a note. */
export const cancelReasons = [
  'resident-withdrew',
  'arranged-otherwise',
  'by-mistake',
  'test',
  'other',
] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** Why a provider does not take it. */
export const offerRefusals = ['no-capacity', 'outside-hours', 'too-far', 'other'] as const;
export type OfferRefusal = (typeof offerRefusals)[number];

/** By what way a provider answered: the link of the message, its own program, or a telephone call that the station entered. */
export const providerWays = ['link', 'webhook', 'phone'] as const;
export type ProviderWay = (typeof providerWays)[number];

/** What a provider says of a request that it was offered. */
export const providerReports = ['accepted', 'refused', 'arranged', 'done'] as const;
export type ProviderReport = (typeof providerReports)[number];
