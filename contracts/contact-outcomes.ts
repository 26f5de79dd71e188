/** What came of an operator's telephone call. `coming`: is on the way there; `refused` and `voicemail` let the next one be called at once. */
export const contactOutcomes = ['reached', 'coming', 'refused', 'voicemail', 'no-answer'] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];
