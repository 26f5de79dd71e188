import { z } from 'zod';
import { pageOf, pageQuerySchema } from './http-api.ts';
import { instantSchema, recordIdSchema } from './ids.ts';
import { riskGroups } from './registry.ts';

/** Why everybody of some groups is called: 高温, 寒潮, 暴雨台风, or something else. */
export const campaignKinds = ['heat', 'cold', 'storm', 'custom'] as const;
export type CampaignKind = (typeof campaignKinds)[number];

/** `well` and `needs-help` end a call and count as a visit by telephone; the others are tries. */
export const campaignResults = ['well', 'needs-help', 'not-reached', 'refused'] as const;
export type CampaignResult = (typeof campaignResults)[number];

/** `POST /visit-campaigns`. Without groups all residents of the organisation. The list is drawn up once, at the beginning. */
export const newCampaignSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  kind: z.enum(campaignKinds),
  organisationId: recordIdSchema,
  groups: z.array(z.enum(riskGroups)).max(4).default([]),
  /** By when all are to be called. */
  until: instantSchema,
  /** What is to be asked or said. */
  script: z.string().trim().max(1000).default(''),
});
export type NewCampaign = z.input<typeof newCampaignSchema>;

const count = z.number().int();
export const campaignNumbersSchema = z.object({
  residents: count,
  /** Reached, or refused. */
  done: count,
  open: count,
  tries: count,
  byResult: z.object({ well: count, 'needs-help': count, 'not-reached': count, refused: count }),
});
export type CampaignNumbers = z.infer<typeof campaignNumbersSchema>;

/** `GET /visit-campaigns`, the latest first; `GET /visit-campaigns/{id}`; `POST /visit-campaigns/{id}/end`. */
export const campaignSchema = newCampaignSchema.extend({
  id: recordIdSchema,
  groups: z.array(z.enum(riskGroups)),
  script: z.string(),
  organisationName: z.string(),
  phase: z.enum(['running', 'ended']),
  startedAt: instantSchema,
  startedBy: z.string(),
  endedAt: instantSchema.nullable(),
  /** Of the reader's part of the organisation. */
  numbers: campaignNumbersSchema,
  stations: z.array(z.object({ stationId: z.string(), name: z.string(), numbers: campaignNumbersSchema })),
});
export type Campaign = z.infer<typeof campaignSchema>;
export const campaignPageSchema = pageOf(campaignSchema);

/** `GET /visit-campaigns/{id}/calls`: those to be called first, the least tried standing first. */
export const campaignCallSchema = z.object({
  residentId: z.string(),
  residentName: z.string(),
  phone: z.string().nullable(),
  address: z.string(),
  stationId: z.string(),
  grid: z.string().nullable(),
  /** Of the latest try; `null` before the first. */
  result: z.enum(campaignResults).nullable(),
  isDone: z.boolean(),
  tries: z.number().int(),
  lastAt: instantSchema.nullable(),
  lastBy: z.string().nullable(),
  note: z.string(),
});
export type CampaignCall = z.infer<typeof campaignCallSchema>;
export const campaignCallQuerySchema = pageQuerySchema.extend({
  stationId: z.string().max(64).optional(),
  state: z.enum(['open', 'done', 'all']).default('all'),
});
export const campaignCallPageSchema = pageOf(campaignCallSchema);

/** `POST /visit-campaigns/{id}/calls/{residentId}` */
export const campaignCallBodySchema = z.strictObject({
  result: z.enum(campaignResults),
  note: z.string().trim().max(500).default(''),
  kind: z.enum(['phone', 'in-person']).default('phone'),
});
