import { z } from 'zod';
import { alarmDetailSchema } from './http-api.ts';
import { instantSchema } from './ids.ts';

/** `step-changed`: a step is not what was recorded, or stands elsewhere. `steps-missing`: the end of the case is not there. */
export const chainFaults = ['step-changed', 'steps-missing'] as const;
export type ChainFault = (typeof chainFaults)[number];

export const caseChainSchema = z.object({
  holds: z.boolean(),
  steps: z.number().int(),
  fault: z.enum(chainFaults).nullable(),
  /** The journal's sequence number of the first step that does not hold; of the last that is there if the end is missing. */
  brokenAt: z.number().int().nullable(),
  /** The hash of the last step: noted elsewhere, it proves later that nothing was changed since. */
  lastHash: z.string(),
});
export type CaseChain = z.infer<typeof caseChainSchema>;

/**
 * `GET /alarms/{id}/case-file`: everything on record about an alarm. `log` are the steps as the chain counts them: each
 * hash is SHA-256, in hex, over the hash before (nothing before the first), the alarm's identifier, `atMs` and `body`,
 * with a line feed between each two. `body` is `null` for those who read personal data masked.
 */
export const caseFileSchema = alarmDetailSchema.extend({
  exportedAt: instantSchema,
  exportedBy: z.object({ id: z.string(), displayName: z.string() }),
  chain: caseChainSchema,
  log: z.array(
    z.object({
      seq: z.number().int(),
      atMs: z.number().int(),
      body: z.string().nullable(),
      hash: z.string().nullable(),
    }),
  ),
});
export type CaseFile = z.infer<typeof caseFileSchema>;
