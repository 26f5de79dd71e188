import { z } from 'zod';
import { recordIdSchema } from './ids.ts';
import { channelAddressSchema } from './notifications.ts';
import { serviceKinds } from './service-kinds.ts';

const words = z.string().trim().max(300);
const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'use small letters, digits and "-", beginning with a letter');
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'use a time such as "08:30"');

/** In one language at least; where one is missing the other is shown. */
export const serviceTextSchema = z.strictObject({ 'zh-CN': words.default(''), en: words.default('') });
export type ServiceText = z.infer<typeof serviceTextSchema>;

/** Who provides it, and by what a message reaches them. Without addresses the station calls. */
export const providerSchema = z.strictObject({
  /** Names the provider within its service. */
  id: key,
  name: z.string().trim().min(1).max(120),
  phone: z.string().trim().max(40).default(''),
  addresses: z
    .array(channelAddressSchema.extend({ kind: z.enum(['sms', 'e-mail', 'webhook']) }))
    .max(5)
    .default([]),
});
export type Provider = z.infer<typeof providerSchema>;

/** What to ask the resident. */
export const serviceFieldSchema = z.strictObject({
  key,
  label: serviceTextSchema,
  isRequired: z.boolean().default(false),
});
export type ServiceField = z.infer<typeof serviceFieldSchema>;

/** ISO weekdays, Monday is 1. Times by the clocks on the wall. */
export const serviceHoursSchema = z.strictObject({
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: wallTime,
  until: wallTime,
});
export type ServiceHours = z.infer<typeof serviceHoursSchema>;

const minute = 60_000;
const limit = z
  .number()
  .int()
  .min(minute)
  .max(30 * 24 * 60 * minute);

/** In milliseconds. `taken` and `arranged` run from the asking, `done` from the time that was arranged for. */
export const serviceLimitsSchema = z.strictObject({
  takenMs: limit,
  arrangedMs: limit,
  doneMs: limit,
  /** How long a provider, or another organisation, has to answer. */
  answerMs: limit,
});
export type ServiceLimits = z.infer<typeof serviceLimitsSchema>;

/** One service as an organisation offers it. */
export const serviceSchema = z.strictObject({
  kind: z.enum(serviceKinds),
  name: serviceTextSchema,
  isOffered: z.boolean().default(true),
  /** Empty for at any time. */
  hours: z.array(serviceHoursSchema).max(14).default([]),
  price: words.default(''),
  subsidy: words.default(''),
  fields: z.array(serviceFieldSchema).max(12).default([]),
  providers: z.array(providerSchema).max(30).default([]),
  limits: serviceLimitsSchema,
});
export type Service = z.infer<typeof serviceSchema>;

/** `PUT /organisations/{id}/services`: those of its own. What is left out is taken from the organisation above. */
export const servicesBodySchema = z
  .strictObject({
    services: z.array(serviceSchema).max(serviceKinds.length),
    version: z.number().int().min(0).optional(),
  })
  .superRefine(({ services }, context) => {
    for (const [index, { kind, providers, fields }] of services.entries()) {
      if (services.findIndex((other) => other.kind === kind) !== index)
        context.addIssue({
          code: 'custom',
          path: ['services', index, 'kind'],
          message: 'name each kind once',
        });
      const ids = providers.map(({ id }) => id);
      if (new Set(ids).size !== ids.length)
        context.addIssue({
          code: 'custom',
          path: ['services', index, 'providers'],
          message: 'name each once',
        });
      const keys = fields.map((field) => field.key);
      if (new Set(keys).size !== keys.length)
        context.addIssue({ code: 'custom', path: ['services', index, 'fields'], message: 'name each once' });
    }
  });
export type ServicesBody = z.input<typeof servicesBodySchema>;

/** `GET /organisations/{id}/services` */
export const servicesSchema = z.object({
  organisationId: recordIdSchema,
  /** 0 while none were ever entered here. */
  version: z.number().int(),
  services: z.array(serviceSchema),
  /** What holds here, for each kind: its own, or that of the nearest organisation above, or the hub's. */
  inForce: z.array(
    z.object({
      service: serviceSchema,
      /** `null` for the hub's own. */
      from: z.object({ id: recordIdSchema, name: z.string() }).nullable(),
    }),
  ),
});
export type Services = z.infer<typeof servicesSchema>;
