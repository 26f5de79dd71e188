import { z } from 'zod';
import { escalationPolicySchema, policyFaultSchema } from './escalation.ts';
import { contactGroups, recipientGroups } from './recipient-groups.ts';
import type { EscalationPolicy, PolicyStep } from './escalation.ts';
import type { RecipientGroup } from './recipient-groups.ts';
import { timesOf } from './escalation-check.ts';

const atMs = z.number().int();

/**
 * One line of the time line "if nobody answers: at 0 s …, at 30 s …". `atMs` counts from the press, for
 * `acknowledgement-expires` and `reminder` from the acknowledgement.
 */
export const previewLineSchema = z.discriminatedUnion('line', [
  z.object({
    line: z.literal('step'),
    atMs,
    number: z.number().int(),
    mode: z.enum(['all-at-once', 'in-order']),
    recipients: z.array(z.enum(recipientGroups)),
    /** The last step again. */
    isRepeat: z.boolean(),
  }),
  /** The contacts of a step are called once more. */
  z.object({
    line: z.literal('called-again'),
    atMs,
    number: z.number().int(),
    call: z.number().int(),
    recipients: z.array(z.enum(recipientGroups)),
  }),
  z.object({
    line: z.literal('deadline'),
    atMs,
    deadline: z.enum(['answered', 'on-site', 'closed']),
    area: z.enum(['centre', 'remote']).nullable(),
  }),
  z.object({ line: z.literal('fall-confirmed'), atMs }),
  z.object({ line: z.literal('still-lying'), atMs }),
  z.object({ line: z.literal('acknowledgement-expires'), atMs }),
  z.object({ line: z.literal('reminder'), atMs }),
]);
export type PreviewLine = z.infer<typeof previewLineSchema>;

/** `POST /organisations/{id}/escalation-policies/preview` */
export const previewBodySchema = escalationPolicySchema;
export const previewSchema = z.object({
  /** What happens while nobody answers. */
  unanswered: z.array(previewLineSchema),
  /** What happens once somebody has answered and nothing follows. */
  answered: z.array(previewLineSchema),
  faults: z.array(policyFaultSchema),
});

const repeatsShown = 2;
const contacts: ReadonlySet<RecipientGroup> = new Set(contactGroups);

/** The time line of a policy, in the order of time. */
export function previewOf(policy: EscalationPolicy): { unanswered: PreviewLine[]; answered: PreviewLine[] } {
  const times = timesOf(policy.steps);
  const lines: PreviewLine[] = policy.steps.flatMap((step, index) => {
    const number = index + 1;
    const stepAtMs = times[index] ?? 0;
    const { mode, recipients } = step;
    return [
      { line: 'step' as const, atMs: stepAtMs, number, mode, recipients, isRepeat: false },
      ...callsAgain(policy, recipients, stepAtMs, number),
    ];
  });
  const last = policy.steps.at(-1);
  if (last) lines.push(...repeatsOf(policy, last, times.at(-1) ?? 0));
  const { answeredWithinMs, onSiteWithinMs, closedWithinMs } = policy.deadlines;
  lines.push({ line: 'deadline', atMs: answeredWithinMs, deadline: 'answered', area: null });
  for (const area of ['centre', 'remote'] as const) {
    if (onSiteWithinMs)
      lines.push({ line: 'deadline', atMs: onSiteWithinMs[area], deadline: 'on-site', area });
  }
  lines.push({ line: 'deadline', atMs: closedWithinMs, deadline: 'closed', area: null });
  const isFor = (kind: EscalationPolicy['kinds'][number]): boolean =>
    policy.kinds.length === 0 || policy.kinds.includes(kind);
  const { graceMs, stillLyingAfterMs } = policy.fall;
  if (isFor('fall-suspected')) lines.push({ line: 'fall-confirmed', atMs: graceMs });
  if (isFor('fall') || isFor('fall-suspected')) {
    const confirmedAtMs = isFor('fall-suspected') ? graceMs : 0;
    lines.push({ line: 'still-lying', atMs: confirmedAtMs + stillLyingAfterMs });
  }
  return {
    unanswered: inTime(lines),
    answered: inTime([
      { line: 'acknowledgement-expires', atMs: policy.acknowledgementExpiresAfterMs },
      { line: 'reminder', atMs: policy.remindEveryMs },
    ]),
  };
}

function repeatsOf(policy: EscalationPolicy, last: PolicyStep, lastAtMs: number): PreviewLine[] {
  const { mode, recipients } = last;
  return Array.from({ length: repeatsShown }, (_, index) => ({
    line: 'step' as const,
    atMs: lastAtMs + (index + 1) * policy.repeatEveryMs,
    number: policy.steps.length,
    mode,
    recipients,
    isRepeat: true,
  }));
}

function callsAgain(
  { calls }: EscalationPolicy,
  recipients: readonly RecipientGroup[],
  stepAtMs: number,
  number: number,
): PreviewLine[] {
  const called = recipients.filter((group) => contacts.has(group));
  if (called.length === 0) return [];
  return Array.from({ length: calls.times - 1 }, (_, index) => ({
    line: 'called-again' as const,
    atMs: stepAtMs + Math.round(((index + 1) * calls.withinMs) / calls.times),
    number,
    call: index + 2,
    recipients: called,
  }));
}

/** The sort is stable: what happens at the same time stays in the order in which it was named. */
function inTime(lines: readonly PreviewLine[]): PreviewLine[] {
  return lines.toSorted((a, b) => a.atMs - b.atMs);
}
