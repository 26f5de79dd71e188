import { z } from 'zod';
import { alarmKindNames } from './alarm-kinds.ts';
import { answeredProofs, proofs } from './closing-proofs.ts';
import { deadlineNames, missReasons } from './escalation-steps.ts';
import { followUpResults } from './follow-ups.ts';
import { instantSchema, recordIdSchema } from './ids.ts';
import { answersTo, scriptActions, scriptAnswers, scriptCallees } from './script-answers.ts';

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
  /** A supervisor has looked at why these deadlines were missed, and says what was found and what follows. */
  z.object({
    ...at,
    step: z.literal('miss-reviewed'),
    user: person,
    missed: z.array(z.object({ deadline: z.enum(deadlineNames), reason: z.enum(missReasons) })),
    note: z.string(),
  }),
] as const;
