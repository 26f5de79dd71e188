import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { Service } from '@carebell/contracts/service-catalogue.ts';
import type {
  OfferRefusal,
  ProviderReport,
  ProviderWay,
  ServiceKind,
} from '@carebell/contracts/service-kinds.ts';
import { apply } from '../alarm/alarm-service.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { isOutdated, refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import { applyToRequest, enterRequest, serviceOf } from './request-service.ts';
import type { AlarmPart } from './request-service.ts';
import type { ProviderName, RequestInput, RequestRefusal } from './request-state.ts';
import type { RequestRecord } from './request-store.ts';

export type RequestOutcome = RegistryOutcome | { ok: false; reason: RequestRefusal };

type Desk = { user: Person; scope: Scope };

/** What a user does that needs nothing but the request itself. */
type PlainInput = Extract<
  RequestInput,
  {
    type:
      | 'take'
      | 'change'
      | 'note'
      | 'withdraw-offer'
      | 'hand-over-accepted'
      | 'hand-over-declined'
      | 'done'
      | 'feedback'
      | 'refuse'
      | 'cancel';
  }
>;

/** The resident, or somebody for them, has called by telephone. */
async function askByPhone(
  tx: Transaction,
  call: Desk & {
    kind: ServiceKind;
    residentId: string;
    details: Record<string, string>;
    note: string;
    wishedAtMs: number | null;
    isTaken: boolean;
  },
): Promise<RegistryOutcome> {
  const { user, scope, residentId, ...asking } = call;
  const resident = await tx.registry.resident(residentId);
  const dwelling = resident && (await tx.registry.dwelling(resident.dwellingId));
  if (!dwelling || !covers(scope, dwelling.stationId)) return refused('reference-unknown', 'residentId');
  const whose = {
    residentId,
    dwellingId: dwelling.id,
    stationId: dwelling.stationId,
    deviceId: null,
    alarmId: null,
  };
  const { id } = await enterRequest(tx, whose, { ...asking, askedAtMs: tx.nowMs, user });
  return { ok: true, id };
}

async function actOnRequest(
  tx: Transaction,
  call: { scope: Scope; id: string; input: PlainInput; version?: number | undefined },
): Promise<RequestOutcome> {
  const { scope, id, input } = call;
  const request = await seen(tx, scope, id);
  if (!request) return refused('not-found', 'id');
  if (isOutdated(request, call)) return refused('changed-meanwhile', 'version');
  const isAnswer = input.type === 'hand-over-accepted' || input.type === 'hand-over-declined';
  // Only who is asked to take it can answer.
  if (isAnswer && request.state.handOver && !covers(scope, request.state.handOver.to.id))
    return refused('not-found', 'id');
  return act(tx, request, input);
}

/** Asks a provider of the service, by message or because they were called. */
async function offerRequest(
  tx: Transaction,
  call: Desk & { id: string; providerId: string; byPhone: boolean },
): Promise<RequestOutcome> {
  const { user, scope, id, providerId, byPhone } = call;
  const request = await seen(tx, scope, id);
  if (!request) return refused('not-found', 'id');
  const provider = await providerOf(tx, request, providerId);
  if (!provider) return refused('reference-unknown', 'providerId');
  const offerId = tx.newId();
  return act(tx, request, { type: 'offer', user, provider, offerId, byPhone });
}

/** What the provider said on the telephone. */
async function answerOfferByPhone(
  tx: Transaction,
  call: Desk & {
    id: string;
    answer: { is: 'accepted'; forMs: number | null } | { is: 'refused'; reason: OfferRefusal };
    note: string;
  },
): Promise<RequestOutcome> {
  const { user, scope, id, answer, note } = call;
  const request = await seen(tx, scope, id);
  if (!request) return refused('not-found', 'id');
  const offerId = request.state.offer?.id ?? request.state.arranged?.offerId ?? null;
  if (offerId === null) return { ok: false, reason: 'no-offer' };
  const by = { offerId, note, way: 'phone', user } as const;
  return act(
    tx,
    request,
    answer.is === 'accepted'
      ? { type: 'offer-accepted', forMs: answer.forMs, ...by }
      : { type: 'offer-refused', reason: answer.reason, ...by },
  );
}

async function arrangeRequest(
  tx: Transaction,
  call: Desk & { id: string; providerId: string | null; forMs: number | null; note: string },
): Promise<RequestOutcome> {
  const { user, scope, id, providerId, forMs, note } = call;
  const request = await seen(tx, scope, id);
  if (!request) return refused('not-found', 'id');
  const provider = providerId === null ? null : await providerOf(tx, request, providerId);
  if (provider === undefined) return refused('reference-unknown', 'providerId');
  return act(tx, request, { type: 'arrange', user, provider, forMs, note });
}

/** Asks another organisation to take it: a station or street, never what lies below a dwelling's own station. */
async function handOverRequest(
  tx: Transaction,
  call: Desk & { id: string; organisationId: string; note: string },
): Promise<RequestOutcome> {
  const { user, scope, id, organisationId, note } = call;
  const request = await seen(tx, scope, id);
  if (!request) return refused('not-found', 'id');
  const to = await tx.registry.organisation(organisationId);
  if (!to || to.id === request.heldBy || !(await isNear(tx, request, to.id)))
    return refused('reference-unknown', 'organisationId');
  const holder = request.heldBy === null ? undefined : await tx.registry.organisation(request.heldBy);
  const from = holder ? { id: holder.id, name: holder.name } : null;
  return act(tx, request, { type: 'hand-over', user, from, to: { id: to.id, name: to.name }, note });
}

/** What a provider says of what it was offered, by its link or its own program. */
async function takeProviderReport(
  tx: Transaction,
  call: {
    notificationId: string;
    way: ProviderWay;
    report: ProviderReport;
    forMs: number | null;
    reason: OfferRefusal;
    note: string;
  },
): Promise<RequestOutcome> {
  const { notificationId: offerId, way, report, forMs, reason, note } = call;
  const notification = await tx.notifications.load(offerId);
  if (notification?.purpose !== 'service-offered') return refused('not-found', 'id');
  const request = await tx.requests.load(notification.alarmId);
  if (!request) return refused('not-found', 'id');
  if (notification.isLinkRevoked) return { ok: false, reason: 'no-offer' };
  const by = { offerId, note, way } as const;
  switch (report) {
    case 'accepted':
    case 'arranged':
      return act(tx, request, { type: 'offer-accepted', forMs, user: null, ...by });
    case 'refused':
      return act(tx, request, { type: 'offer-refused', reason, user: null, ...by });
    case 'done':
      return act(tx, request, { type: 'provider-done', ...by });
  }
}

/** So many at a time, between which presses are committed. */
const passedAtOnce = 8;

/** Carries out what is due; the deadlines are columns, so a restart keeps them. Returns whether there may be more. */
async function passRequests(tx: Transaction, _: null): Promise<boolean> {
  const due = await tx.requests.due(tx.nowMs, passedAtOnce);
  for (const request of due) await applyToRequest(tx, request, { type: 'deadline-passed' });
  return due.length === passedAtOnce;
}

/** Replaces the services of an organisation. Requests keep the limits that they were asked with. */
async function putServices(
  tx: Transaction,
  call: {
    actorId: string;
    scope: Scope;
    organisationId: string;
    services: Service[];
    version?: number | undefined;
  },
): Promise<RegistryOutcome> {
  const { actorId, organisationId: id, scope, services } = call;
  if (!covers(scope, id) || !(await tx.registry.organisation(id))) return refused('not-found', 'id');
  const version = (await tx.requests.services(id))?.version ?? 0;
  if (isOutdated({ version }, call)) return refused('changed-meanwhile', 'version');
  await tx.requests.putServices(id, { version: version + 1, services });
  await appendRegistryEntry(tx, { kind: 'services-changed', id, actorId });
  return { ok: true, id };
}

export const requestWorks = {
  askByPhone,
  actOnRequest,
  offerRequest,
  answerOfferByPhone,
  arrangeRequest,
  handOverRequest,
  takeProviderReport,
  passRequests,
  putServices,
};

async function act(tx: Transaction, request: RequestRecord, input: RequestInput): Promise<RequestOutcome> {
  const applied = await applyToRequest(tx, request, input);
  if (!applied.ok) return applied;
  for (const part of applied.alarm) await carryOver(tx, request, part);
  return { ok: true, id: request.id };
}

/** What is done to the request is done to the alarm that rang for it. */
async function carryOver(tx: Transaction, { alarmId }: RequestRecord, part: AlarmPart): Promise<void> {
  if (alarmId === null) return;
  const alarm = await tx.alarms.load(alarmId);
  if (!alarm) return;
  const { user } = part;
  if (part.type === 'answer-follow-up') {
    const { score, note } = part;
    await apply(tx, alarmId, { type: 'resident-asked', user, result: 'answered', score, note });
    return;
  }
  if (alarm.state.phase === 'closed') return;
  if (alarm.state.phase === 'raised') await apply(tx, alarmId, { type: 'acknowledge', user });
  else if (part.type === 'answer-alarm' && part.takeOver)
    await apply(tx, alarmId, { type: 'take-over', user });
  if (part.type !== 'close-alarm') return;
  const { disposition, note } = part;
  const close = { type: 'close', mayCloseForOthers: true, mayWaiveProof: false } as const;
  await apply(tx, alarmId, { ...close, user, disposition, note });
}

/** A request of the user's part of the organisation, or one that is there or is offered there. */
async function seen(tx: Transaction, scope: Scope, id: string): Promise<RequestRecord | undefined> {
  const request = await tx.requests.load(id);
  if (!request) return undefined;
  const { handOver } = request.state;
  const places = [request.stationId, request.heldBy, ...(handOver ? [handOver.to.id] : [])];
  return places.some((place) => covers(scope, place)) ? request : undefined;
}

async function providerOf(
  tx: Transaction,
  request: RequestRecord,
  providerId: string,
): Promise<ProviderName | undefined> {
  const { providers } = await serviceOf(tx, request, request.state.kind);
  const found = providers.find(({ id }) => id === providerId);
  return found && { id: found.id, name: found.name, phone: found.phone };
}

/** What stands above the request's station, that station itself, and its neighbours. */
async function isNear(
  tx: Transaction,
  { stationId }: RequestRecord,
  organisationId: string,
): Promise<boolean> {
  if (stationId === null) return false;
  const lineage = await tx.escalation.lineage(stationId);
  const [station] = lineage;
  if (lineage.some(({ id }) => id === organisationId)) return true;
  return station !== undefined && (await tx.escalation.neighbours(station)).includes(organisationId);
}
