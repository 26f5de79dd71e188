import { z } from 'zod';
import { alarmKindNames } from './alarm-kinds.ts';
import type { Priority } from './alarm-kinds.ts';
import type { Disposition } from './dispositions.ts';
import { contactOutcomes } from './escalation.ts';
import { instantSchema, recordIdSchema } from './ids.ts';

/**
 * What one step of a script asks of whoever has the alarm: to find something out, to do something, to call somebody, to
 * look up how to get in, to send somebody there, to write something down.
 */
export const scriptActions = ['ask', 'do', 'call', 'access', 'dispatch', 'note'] as const;
export type ScriptAction = (typeof scriptActions)[number];

/** Whom a step calls. `contacts` and `keyholders` become one step for each of the resident's, in their order. */
export const scriptCallees = [
  'resident',
  'contacts',
  'keyholders',
  'ambulance',
  'fire-service',
  'police',
] as const;
export type ScriptCallee = (typeof scriptCallees)[number];

/** 120, 119 and 110 everywhere in China. */
export const publicNumbers = { ambulance: '120', 'fire-service': '119', police: '110' } as const;

export const scriptAnswers = ['done', 'yes', 'no', 'unclear', ...contactOutcomes] as const;
export type ScriptAnswer = (typeof scriptAnswers)[number];

/** The answers of a step in the order of their keys: 1, 2, 3 … A resident does not set out, and 120 has no voicemail. */
export function answersTo({
  action,
  whom,
}: {
  action: ScriptAction;
  whom?: ScriptCallee | undefined;
}): readonly ScriptAnswer[] {
  if (action === 'ask') return ['yes', 'no', 'unclear'];
  if (action !== 'call') return ['done'];
  if (whom === 'resident') return ['reached', 'no-answer', 'voicemail'];
  if (whom === 'contacts' || whom === 'keyholders')
    return ['reached', 'no-answer', 'coming', 'refused', 'voicemail'];
  return ['reached', 'no-answer'];
}

/** What shows that somebody has seen or heard the resident since the alarm. */
export const proofs = ['voice-contact', 'on-site', 'device-event'] as const;
export type Proof = (typeof proofs)[number];
/** What an answer can show; an event of a device shows itself. */
const answeredProofs = ['voice-contact', 'on-site'] as const;

/**
 * With what an alarm was closed. `recorded`: its time line shows it; `stated`: whoever closed it says so; `waived`: a
 * supervisor has closed it without any, and says why.
 */
export const closingProofSchema = z.discriminatedUnion('basis', [
  z.object({ basis: z.literal('recorded'), proof: z.enum(proofs) }),
  z.object({ basis: z.literal('stated'), proof: z.enum(answeredProofs) }),
  z.object({ basis: z.literal('waived'), because: z.string() }),
]);
export type ClosingProof = z.infer<typeof closingProofSchema>;

/** Only where somebody may be in danger. Of service requests and equipment nobody needs to be seen. */
export function needsProof({ priority }: { priority: Priority }): boolean {
  return priority === 'emergency';
}

const helped: ReadonlySet<Disposition> = new Set<Disposition>([
  'helped-by-phone',
  'helped-on-site',
  'ambulance-called',
  'fire-service-called',
  'police-called',
  'service-arranged',
]);

/** Whoever was really helped is asked afterwards how it was. */
export function isAskedAfterwards(alarm: {
  priority: Priority;
  disposition: Disposition;
  isDrill: boolean;
}): boolean {
  return !alarm.isDrill && alarm.priority !== 'technical' && helped.has(alarm.disposition);
}

const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'use small letters, digits and "-", beginning with a letter');
const words = z.string().trim().max(300);

/** In one language at least; where one is missing the other is shown. */
export const scriptTextSchema = z
  .strictObject({ 'zh-CN': words.default(''), en: words.default('') })
  .refine((text) => text['zh-CN'] !== '' || text.en !== '', { message: 'write it in one language at least' });
export type ScriptText = z.infer<typeof scriptTextSchema>;

export const scriptStepSchema = z.strictObject({
  /** Names the step within its script; what stands on a time line is found by it. */
  key,
  action: z.enum(scriptActions),
  text: scriptTextSchema,
  /** Only of a step that calls. */
  whom: z.enum(scriptCallees).optional(),
  /** Which step is recommended after an answer; without it the next one that is not done. */
  goesTo: z.partialRecord(z.enum(scriptAnswers), key).optional(),
  /** What the answer "yes" to a question shows. That a call reached the resident shows `voice-contact` by itself. */
  proves: z.enum(answeredProofs).optional(),
});
export type ScriptStep = z.infer<typeof scriptStepSchema>;

/** What operators do with alarms of these kinds, in the order that is recommended; any step may be done at any time. */
export const scriptSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    /** Empty for every kind. */
    kinds: z.array(z.enum(alarmKindNames)).default([]),
    steps: z.array(scriptStepSchema).min(1).max(30),
  })
  .superRefine(({ steps }, context) => {
    const keys = new Set<string>();
    for (const [index, step] of steps.entries()) {
      const path = (field: string) => ['steps', index, field];
      if (keys.has(step.key))
        context.addIssue({ code: 'custom', path: path('key'), message: 'name each step once' });
      keys.add(step.key);
      if ((step.action === 'call') !== (step.whom !== undefined))
        context.addIssue({
          code: 'custom',
          path: path('whom'),
          message: 'say whom a call is for, and only then',
        });
      if (step.proves !== undefined && step.action !== 'ask')
        context.addIssue({ code: 'custom', path: path('proves'), message: 'only a question can show it' });
      for (const [answer, next] of Object.entries(step.goesTo ?? {})) {
        const isAnswer = answersTo(step).some((one) => one === answer);
        if (!isAnswer || !steps.some((other) => other.key === next))
          context.addIssue({
            code: 'custom',
            path: path('goesTo'),
            message: 'lead from an answer of this step to a step of this script',
          });
      }
    }
  });
export type Script = z.infer<typeof scriptSchema>;

/** `PUT /organisations/{id}/scripts`: all of them. An empty list takes those of the organisation above. */
export const scriptsBodySchema = z.strictObject({
  scripts: z.array(scriptSchema).max(50),
  version: z.number().int().min(0).optional(),
});

/** `GET /organisations/{id}/scripts` */
export const scriptsSchema = z.object({
  organisationId: recordIdSchema,
  /** 0 while none were ever entered here. */
  version: z.number().int(),
  scripts: z.array(scriptSchema),
  /** Those of the organisations above, the nearest first, and last the hub's own: the first that fits an alarm is used. */
  inherited: z.array(
    z.object({
      organisationId: recordIdSchema.nullable(),
      organisationName: z.string().nullable(),
      scripts: z.array(scriptSchema),
    }),
  ),
});
export type Scripts = z.infer<typeof scriptsSchema>;

/** One step as it stands before whoever handles this alarm: with the number to call, and the steps of this resident. */
export const alarmScriptStepSchema = scriptStepSchema.extend({
  /** Steps that are made for this alarm have a dot in theirs: `contacts.2`, `resident.1`. */
  key: z.string(),
  goesTo: z.partialRecord(z.enum(scriptAnswers), z.string()).optional(),
  person: z
    .object({ name: z.string(), relation: z.string(), phone: z.string(), hasKey: z.boolean() })
    .nullable(),
  /** From the resident's own record. */
  isOfResident: z.boolean(),
});
export type AlarmScriptStep = z.infer<typeof alarmScriptStepSchema>;
/** In `GET /alarms/{id}`. */
export const alarmScriptSchema = z.object({ name: z.string(), steps: z.array(alarmScriptStepSchema) });
export type AlarmScript = z.infer<typeof alarmScriptSchema>;

const note = z.string().trim().max(4000).default('');

/** `POST /alarms/{id}/script-steps`: a step was done, now. Done again, the latest answer counts. Only the owner may. */
export const scriptStepDoneBodySchema = z.strictObject({
  key: z.string().max(80),
  answer: z.enum(scriptAnswers),
  note,
});
export type ScriptStepDone = z.infer<typeof scriptStepDoneBodySchema>;

/**
 * `POST /alarms/{id}/access-views`: how to get into the dwelling, for the owner of an open alarm. That it was shown is
 * recorded first; `isRecorded: false` while the hub cannot store.
 */
export const accessViewSchema = z.object({ access: z.string(), isRecorded: z.boolean() });
export type AccessView = z.infer<typeof accessViewSchema>;

/** `PUT /alarms/{id}/call-back`: rings again after this long; put again it is moved. `DELETE` when it is done. */
export const callBackBodySchema = z.strictObject({ inMinutes: z.number().int().min(1).max(720), note });
export const callBackSchema = z.object({
  dueAt: instantSchema,
  isDue: z.boolean(),
  user: z.object({ id: z.string(), displayName: z.string() }),
  note: z.string(),
});
export type CallBack = z.infer<typeof callBackSchema>;

export const followUpResults = ['answered', 'not-reached', 'declined'] as const;
export type FollowUpResult = (typeof followUpResults)[number];
/** After so many tries nobody is asked again. */
export const followUpTriesAtMost = 3;

/** `POST /alarms/{id}/follow-up`: how the resident found it, from 1 (bad) to 5 (very good). */
export const followUpBodySchema = z
  .strictObject({ result: z.enum(followUpResults), score: z.number().int().min(1).max(5).optional(), note })
  .refine(({ result, score }) => (result === 'answered') === (score !== undefined), {
    path: ['score'],
    message: 'give the score of an answer, and of nothing else',
  });
export type FollowUpBody = z.infer<typeof followUpBodySchema>;

/** `GET /follow-ups`: residents to be asked, the longest due first. */
export const followUpSchema = z.object({
  alarmId: z.string(),
  kind: z.enum(alarmKindNames),
  closedAt: instantSchema,
  /** The morning after. */
  dueAt: instantSchema,
  isDue: z.boolean(),
  tries: z.number().int(),
  residentId: z.string().nullable(),
  residentName: z.string().nullable(),
  residentPhone: z.string().nullable(),
  stationName: z.string().nullable(),
  closedBy: z.string(),
});
export type FollowUp = z.infer<typeof followUpSchema>;

const person = z.object({ id: z.string(), displayName: z.string() });
const at = { seq: z.number().int(), at: instantSchema };

/** What handling by a script puts on a time line. The words of the step stand in it, so that a later edit changes none. */
export const handlingStepSchemas = [
  z.object({
    ...at,
    step: z.literal('script-step-done'),
    user: person,
    key: z.string(),
    action: z.enum(scriptActions),
    text: z.object({ 'zh-CN': z.string(), en: z.string() }),
    answer: z.enum(scriptAnswers),
    /** Who was called. */
    contact: person.optional(),
    note: z.string(),
  }),
  z.object({ ...at, step: z.literal('access-viewed'), user: person }),
  z.object({
    ...at,
    step: z.literal('call-back-set'),
    user: person,
    dueAt: instantSchema,
    note: z.string(),
  }),
  z.object({ ...at, step: z.literal('call-back-due'), user: person }),
  z.object({ ...at, step: z.literal('call-back-done'), user: person }),
  z.object({
    ...at,
    step: z.literal('resident-asked'),
    user: person,
    result: z.enum(followUpResults),
    score: z.number().int().nullable(),
    note: z.string(),
  }),
] as const;
