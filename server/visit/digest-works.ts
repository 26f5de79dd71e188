import type { EscalationTier } from '@carebell/contracts/visits.ts';
import { channelCallee, onDuty, userCallee } from '../escalation/recipients.ts';
import type { StaffMember } from '../escalation/escalation-store.ts';
import type { Transaction } from '../journal/transaction.ts';
import { queueNotification } from '../notification/notification-service.ts';
import type { NotificationStep } from '../notification/notification-step.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';

/** Who is named in the journal, because nobody has done it. */
const byItself = 'hub';

type DigestOf = { organisationId: string; tier: EscalationTier; day: string };

/** An organisation has one on each day: whoever draws it up again, after the hub was killed, draws up the same. */
function digestId({ organisationId, day }: DigestOf): string {
  return `visits-${day}-${organisationId}`;
}

/** Marks some of the overdue visits of which a digest tells; the digest itself comes last, so that nobody waits for many. */
async function markVisitsTold(
  tx: Transaction,
  { owedIds, ...of }: DigestOf & { owedIds: readonly string[] },
): Promise<void> {
  await tx.digests.tellOf({ id: digestId(of), tier: of.tier }, owedIds);
}

/** Tells the people of an organisation how many visits are overdue, unless they were told on that day. */
async function tellOverdueVisits(
  tx: Transaction,
  call: DigestOf & { visits: number; untilMs: number; nextAtMs: number },
): Promise<void> {
  const { organisationId, tier, day, visits, untilMs, nextAtMs } = call;
  await tx.digests.putNextAt(organisationId, nextAtMs);
  const id = digestId(call);
  const recipients = await recipientsAt(tx, organisationId);
  const counts = { visits, recipients: recipients.length };
  const isNew = await tx.digests.insert({
    id,
    organisationId,
    tier,
    day,
    ...counts,
    madeAtMs: tx.nowMs,
    toldAtMs: null,
  });
  if (!isNew) return;
  const fields = [tier, day, `${visits} overdue`, `${recipients.length} told`];
  await appendRegistryEntry(tx, {
    kind: 'visit-digest',
    id,
    actorId: byItself,
    stationId: organisationId,
    fields,
  });
  for (const { channels, ...recipient } of recipients) {
    const step = await queueNotification(tx, {
      alarmId: id,
      priority: 'service',
      stationId: organisationId,
      stepKey: 'digest',
      purpose: 'visits-overdue',
      recipient,
      channels,
      // Nobody is woken by a message that waited for its channel.
      livesMs: untilMs - tx.nowMs,
    });
    if (step) await noteDigest(tx, id, step);
  }
}

/** Nothing is overdue, or it is not the hour. */
async function postponeDigest(
  tx: Transaction,
  { organisationId, nextAtMs }: { organisationId: string; nextAtMs: number },
): Promise<void> {
  await tx.digests.putNextAt(organisationId, nextAtMs);
}

export const digestWorks = { markVisitsTold, tellOverdueVisits, postponeDigest };

/** What became of a message stands in the journal; the first that arrives has told the tier. */
export async function noteDigest(tx: Transaction, id: string, step: NotificationStep): Promise<void> {
  const digest = await tx.digests.digest(id);
  if (!digest) return;
  if (step.step === 'notification-accepted' || step.step === 'notification-delivered')
    await tx.digests.told(id, tx.nowMs);
  const way = 'channel' in step ? [step.channel] : [];
  const why = 'reason' in step ? [step.reason] : [];
  await appendRegistryEntry(tx, {
    kind: `visit-digest-${step.step.slice('notification-'.length)}`,
    id,
    actorId: byItself,
    stationId: digest.organisationId,
    fields: [step.recipient.id, ...way, ...why],
  });
}

/** Whoever leads the organisation and has an address; else who is on duty there. Its robots and webhooks are always told. */
async function recipientsAt(tx: Transaction, organisationId: string) {
  const isReached = ({ channels }: StaffMember): boolean => channels.length > 0;
  const leading = (await tx.escalation.leadersOf([organisationId], tx.nowMs)).filter(isReached);
  const people =
    leading.length > 0
      ? leading
      : onDuty(await tx.escalation.staffOf([organisationId], tx.nowMs)).filter(isReached);
  const robots = await tx.escalation.organisationChannels([organisationId]);
  return [
    ...people.map((member) => userCallee(member, false)),
    ...robots.map(({ id, kind, name }) => channelCallee(id, name, { kind, address: '' })),
  ];
}
