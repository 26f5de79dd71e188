import { z } from 'zod';
import { instantSchema } from './ids.ts';
import { reasonSchema } from './reason.ts';
import type { RuleKind } from './reason.ts';
import { riskGroups } from './registry.ts';
import { organisationLevels } from './roles.ts';

/** The risk groups in the order in which their packs stand: 独居, 认知障碍, 失能, 高龄. */
export const packNames = riskGroups;
export type PackName = (typeof packNames)[number];
const groupsSchema = z.array(z.enum(packNames)).min(1).max(packNames.length);

/** A time by the clock on the wall of the hub's time zone. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'use a time such as "07:30"');
const minutes = (least: number, most: number) => z.number().int().min(least).max(most);
/** From one time of the day to another; it goes over midnight where `to` is not later than `from`. */
const span = { from: clockTime, to: clockTime };
const rule = <K extends RuleKind, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use small letters, digits and "-"'),
    kind: z.literal(kind),
    /** Holds for residents of these risk groups only; without it for everybody. */
    groups: groupsSchema.optional(),
    ...shape,
  });

/**
 * What the hub notices without a press. A rule says nothing while the resident is away or somebody is with them, and time
 * in which the sensors or the hub were down counts as unknown, never as silence.
 */
export const ruleSchema = z.discriminatedUnion('kind', [
  /** No sign of life for so long within this part of the day. In bed it may last longer; `null`: bed ends the rule. */
  rule('inactivity', {
    ...span,
    afterMinutes: minutes(10, 2880),
    inBedAfterMinutes: minutes(10, 2880).nullable(),
  }),
  /** Fewer than so many different minutes with a sign of life between these times, and none for the last `stillMinutes`. */
  rule('not-up', {
    from: clockTime,
    by: clockTime,
    signs: minutes(1, 100),
    stillMinutes: minutes(0, 240),
  }),
  /** Signs of life out of bed in so many different tenths of an hour of one night. */
  rule('too-much-activity', { ...span, slots: minutes(2, 100) }),
  /** An outer door has stood open for so long. */
  rule('door-open', { afterMinutes: minutes(1, 1440) }),
  /** An outer door opens at night and nothing moves indoors for so long after it; 0: at once. */
  rule('door-at-night', {
    ...span,
    afterMinutes: minutes(0, 240),
    /** `wandering` is an emergency: whoever goes out at night does not know where. */
    raises: z.enum(['door-at-night', 'wandering']),
  }),
  /** Gone out and not back for so long, or by this time of the day. */
  rule('not-back', { afterMinutes: minutes(10, 2880), by: clockTime.nullable() }),
  /** Seen last in the bathroom, for so long since going in. */
  rule('bathroom-long', { afterMinutes: minutes(5, 480) }),
  /** Out of bed at night for so long, and seen nowhere for the last `stillMinutes` of it. */
  rule('out-of-bed', { ...span, afterMinutes: minutes(1, 480), stillMinutes: minutes(0, 480) }),
  /** Neither button nor terminal was pressed or tested for so many days. */
  rule('button-not-tested', { days: minutes(1, 400) }),
  /** A counter that devices send as this reading has moved by less than `least` for so long. */
  rule('counter-without-use', {
    reading: z.string().min(1).max(60),
    least: z.number().positive(),
    afterMinutes: minutes(60, 10_080),
  }),
  /** A sensor that reports for so long without a pause of four minutes is taken to stick, and proves no life. */
  rule('sensor-stuck', { afterMinutes: minutes(30, 2880) }),
]);
export type Rule = z.infer<typeof ruleSchema>;
export { ruleKinds } from './reason.ts';
export type { Reason, RuleKind } from './reason.ts';
export type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>;

/** A rule that is changed for an organisation or a resident: another in its place, or none. */
export const ruleChangeSchema = z.union([
  ruleSchema,
  z.strictObject({ id: z.string().max(40), isOff: z.literal(true), groups: groupsSchema.optional() }),
]);
export type RuleChange = z.infer<typeof ruleChangeSchema>;
export const ruleChangesSchema = z.strictObject({
  rules: z.array(ruleChangeSchema).max(40),
  version: z.number().int().min(0).optional(),
});

/** Whose rules they are. */
export const ruleScopes = ['organisation', 'resident'] as const;
export type RuleScope = (typeof ruleScopes)[number];

const organisationPlace = {
  organisationId: z.string(),
  organisationName: z.string(),
  level: z.enum(organisationLevels),
};

/** Where a rule comes from: the hub's for everybody, one of the packs, an organisation, or entered for the resident. */
export const ruleOriginSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('everybody') }),
  z.object({ of: z.literal('pack'), pack: z.enum(packNames) }),
  z.object({ of: z.literal('organisation'), ...organisationPlace }),
  z.object({ of: z.literal('resident') }),
]);
export type RuleOrigin = z.infer<typeof ruleOriginSchema>;

/** A rule as it holds, or as it is switched off by `origin`. */
export const placedRuleSchema = z.object({
  rule: ruleSchema,
  isOff: z.boolean(),
  origin: ruleOriginSchema,
  /** In whose place it stands, with its own origin. */
  instead: z.object({ rule: ruleSchema, origin: ruleOriginSchema }).nullable(),
});
export type PlacedRule = z.infer<typeof placedRuleSchema>;

/** `GET|PUT /organisations/{id}/rules`: what is entered there, what is above it, and the packs that all of it changes. */
export const organisationRulesSchema = z.object({
  ...organisationPlace,
  version: z.number().int(),
  rules: z.array(ruleChangeSchema),
  /** The nearest first. */
  inherited: z.array(z.object({ ...organisationPlace, rules: z.array(ruleChangeSchema) })),
  packs: z.record(z.enum(packNames), z.array(ruleSchema)),
  /** What holds there for who is of one risk group; `null`: of none. */
  placed: z.array(z.object({ pack: z.enum(packNames).nullable(), rules: z.array(placedRuleSchema) })),
});
export type OrganisationRules = z.infer<typeof organisationRulesSchema>;

/** `GET|PUT /residents/{id}/rules`: what is entered for the resident, and all that holds. */
export const residentRulesSchema = z.object({
  residentId: z.string(),
  version: z.number().int(),
  rules: z.array(ruleChangeSchema),
  effective: z.array(ruleSchema),
  riskGroups: z.array(z.enum(packNames)),
  /** All that holds and all that is switched off, with where it comes from. */
  placed: z.array(placedRuleSchema),
});
export type ResidentRules = z.infer<typeof residentRulesSchema>;

/**
 * `POST /residents/{id}/rules/trial`, `POST /organisations/{id}/rules/trial`: nothing is stored, nothing is raised. Whoever
 * wants to see it progress asks for a few residents at once, and again with the `cursor` of each answer.
 */
export const ruleTrialBodySchema = z.strictObject({
  /** In place of what is entered there now. */
  rules: z.array(ruleChangeSchema).max(40),
  days: z.number().int().min(1).max(92).default(30),
  /** The last resident of the answer before. */
  after: z.string().max(64).optional(),
  atOnce: z.number().int().min(1).max(300).default(300),
});
const trialFindingSchema = z.object({
  residentId: z.string(),
  residentName: z.string(),
  reason: reasonSchema,
  /** The rules as they are now raise it too. */
  isFoundNow: z.boolean(),
});
export type TrialFinding = z.infer<typeof trialFindingSchema>;
export const ruleTrialSchema = z.object({
  /** Those who were looked at in this answer, and all who are to be. */
  residents: z.number().int(),
  residentsInAll: z.number().int(),
  /** Of those who were looked at, those of whom any message is stored. */
  residentsHeard: z.number().int(),
  days: z.number().int(),
  /** What was looked at: messages of devices, and when the first of them came. */
  messages: z.number().int(),
  firstMessageAt: instantSchema.nullable(),
  /** There are more residents than are looked at. */
  isCut: z.boolean(),
  byRule: z.array(z.object({ ruleId: z.string(), found: z.number().int(), foundNow: z.number().int() })),
  /** By days of the hub's time zone; those on which nothing was found are left out. */
  byDay: z.array(z.object({ day: z.iso.date(), found: z.number().int(), foundNow: z.number().int() })),
  /** What the changed rules would have raised, the latest first. */
  findings: z.array(trialFindingSchema),
  /** What the rules as they are now raise, and the changed ones would not have, the latest first. */
  lost: z.array(trialFindingSchema),
  /** Where the next answer begins; `null` after the last resident. */
  cursor: z.string().nullable(),
});
export type RuleTrial = z.infer<typeof ruleTrialSchema>;
