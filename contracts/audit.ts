import { z } from 'zod';
import { pageQuerySchema } from './http-api.ts';
import { instantSchema } from './ids.ts';

/** What is looked for in the records: who read or took personal data, who practised, who changed accounts and rules. */
export const auditTopics = {
  'medical-views': ['medical-viewed'],
  'access-views': ['access-viewed'],
  exports: [
    'case-exported',
    'report-exported',
    'report-stored',
    'residents-exported',
    'devices-exported',
    'history-exported',
    'resident-exported',
    'visits-exported',
  ],
  absences: [
    'absence-set',
    'absence-began',
    'absence-prolonged',
    'absence-shortened',
    'absence-changed',
    'absence-ended-early',
    'absence-ended',
  ],
  visits: [
    'visit-recorded',
    'visit-follow-up-set',
    'visit-follow-up-done',
    'visit-missed',
    'visit-escalated',
    'visit-digest',
    'visit-digest-queued',
    'visit-digest-accepted',
    'visit-digest-delivered',
    'visit-digest-failed',
    'visit-digest-gave-up',
    'visit-plan-changed',
    'visit-settings-changed',
    'visit-campaign-started',
    'visit-campaign-ended',
  ],
  'care-beds': [
    'care-bed-opened',
    'care-bed-changed',
    'care-bed-ended',
    'care-bed-respite-set',
    'care-bed-respite-removed',
  ],
  drills: ['drill-planned', 'drill-begun', 'drill-cancelled'],
  tests: [
    'test-mode-begun',
    'test-mode-prolonged',
    'test-mode-ended',
    'commissioning-begun',
    'commissioning-signed',
    'commissioning-abandoned',
    'commissioning-check-skipped',
    'commissioning-point-done',
  ],
  users: [
    'user-created',
    'user-changed',
    'second-factor-enrolled',
    'second-factor-removed',
    'second-factor-reset',
    'second-factor-failed',
    'recovery-code-used',
    'user-addresses-changed',
    'account-notice-queued',
    'account-notice-accepted',
    'account-notice-delivered',
    'account-notice-failed',
    'account-notice-gave-up',
  ],
  maintenance: ['job-taken', 'job-released', 'job-noted', 'job-done', 'firmware-wished'],
  devices: [
    'device-exchanged',
    'device-retired',
    'device-claim-made',
    'device-claim-cancelled',
    'device-claim-locked',
    'device-claim-delivered',
    'device-claimed',
    'gateway-claim-made',
    'gateway-claim-cancelled',
    'gateway-claim-locked',
    'gateway-claim-delivered',
    'gateway-claimed',
  ],
  hub: ['clock-set', 'log-damaged'],
  'unknown-devices': ['device-adopted', 'unknown-dismissed', 'unknown-restored'],
  reviews: ['miss-reviewed'],
  policies: [
    'escalation-policies-changed',
    'scripts-changed',
    'duty-changed',
    'rules-changed',
    'services-changed',
  ],
} as const satisfies Record<string, readonly string[]>;
export type AuditTopic = keyof typeof auditTopics;
export const auditTopicNames = Object.keys(auditTopics) as [AuditTopic, ...AuditTopic[]];

/** `GET /audit`, the newest first. */
export const auditQuerySchema = pageQuerySchema.extend({
  topic: z.enum(auditTopicNames).default('medical-views'),
  residentId: z.string().max(64).optional(),
});

/** One line of the journal about what a person did: identifiers and names of fields, never what stands in them. */
export const auditEntrySchema = z.object({
  seq: z.number().int(),
  at: instantSchema,
  kind: z.string(),
  /** The record that it was about. */
  id: z.string(),
  by: z.object({ id: z.string(), displayName: z.string() }),
  residentId: z.string().nullable(),
  stationId: z.string().nullable(),
  /** What was changed; of a view where it was read, and `alarm:ID` of the alarm that the reader had open or came from. */
  fields: z.array(z.string()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
