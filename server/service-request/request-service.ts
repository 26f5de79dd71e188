import type { Service } from '@carebell/contracts/service-catalogue.ts';
import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import type { RequestClock, ServiceKind } from '@carebell/contracts/service-kinds.ts';
import { lineageOf } from '../escalation/alarm-plan.ts';
import { peopleOf } from '../escalation/recipients.ts';
import type { Transaction } from '../journal/transaction.ts';
import { queueNotification } from '../notification/notification-service.ts';
import type { Recipient } from '../notification/notification-store.ts';
import { serviceFor } from './services-in-force.ts';
import { requestHash } from './request-chain.ts';
import { ask, decide } from './request-machine.ts';
import type { Asking } from './request-machine.ts';
import type {
  ProviderName,
  RequestDecision,
  RequestEffect,
  RequestInput,
  RequestRefusal,
  RequestStep,
} from './request-state.ts';
import type { RequestRecord } from './request-store.ts';

/** What a request asks of its alarm, left to whoever may touch alarms. */
export type AlarmPart = Extract<RequestEffect, { type: 'answer-alarm' | 'close-alarm' | 'answer-follow-up' }>;
export type Applied = { ok: true; alarm: AlarmPart[] } | { ok: false; reason: RequestRefusal };

type Whose = Pick<RequestRecord, 'residentId' | 'dwellingId' | 'stationId' | 'deviceId' | 'alarmId'>;

/** Enters a request, in the transaction of the press or call that asked for it. */
export async function enterRequest(
  tx: Transaction,
  whose: Whose,
  asking: Omit<Asking, 'limits' | 'alarmId' | 'deviceId'>,
): Promise<RequestRecord> {
  const { limits } = await serviceOf(tx, whose, asking.kind);
  const { alarmId, deviceId } = whose;
  const decision = ask({ ...asking, limits, alarmId, deviceId }, tx.nowMs);
  const request: RequestRecord = {
    ...whose,
    id: tx.newId(),
    heldBy: whose.stationId,
    state: decision.state,
    version: 0,
    lastSeq: 0,
    lastHash: '',
  };
  await carryOut(tx, request, decision, true);
  return request;
}

/** What a user, a provider, a deadline or its alarm does to a request. */
export async function applyToRequest(
  tx: Transaction,
  request: RequestRecord,
  input: RequestInput,
): Promise<Applied> {
  const decision = decide(request.state, input, tx.nowMs);
  if (!decision.ok) return decision;
  if (input.type === 'hand-over-accepted') request.heldBy = request.state.handOver?.to.id ?? request.heldBy;
  return { ok: true, alarm: await carryOut(tx, request, decision, false) };
}

/** The service as it is offered where the request is from. */
export async function serviceOf(
  tx: Pick<Transaction, 'escalation' | 'requests'>,
  whose: { stationId: string | null },
  kind: ServiceKind,
): Promise<Service> {
  const ids = (await lineageOf(tx, whose)).map(({ id }) => id);
  return serviceFor(kind, ids.length === 0 ? [] : await tx.requests.servicesOf(ids));
}

async function carryOut(
  tx: Transaction,
  request: RequestRecord,
  { state, steps, effects }: Extract<RequestDecision, { ok: true }>,
  isNew: boolean,
): Promise<AlarmPart[]> {
  request.state = state;
  for (const step of steps) await appendStep(tx, request, step);
  const alarm: AlarmPart[] = [];
  for (const effect of effects) {
    if (isAlarmPart(effect)) alarm.push(effect);
    else await tell(tx, request, effect);
  }
  if (isNew) await tx.requests.insert(request);
  else await tx.requests.update(request);
  if (steps.length > 0) tx.touched.requests.add(request.id);
  return alarm;
}

function isAlarmPart(effect: RequestEffect): effect is AlarmPart {
  const { type } = effect;
  return type === 'answer-alarm' || type === 'close-alarm' || type === 'answer-follow-up';
}

async function tell(
  tx: Transaction,
  request: RequestRecord,
  effect: Exclude<RequestEffect, AlarmPart>,
): Promise<void> {
  switch (effect.type) {
    case 'ask-provider':
      return askProvider(tx, request, effect);
    case 'withdraw-from-provider': {
      const offer = await tx.notifications.load(effect.offerId);
      if (offer) await tx.notifications.update({ ...offer, isLinkRevoked: true });
      if (!effect.isComing) return;
      const { id, name } = effect.provider;
      const addresses = offer?.channels ?? [];
      return queue(tx, request, {
        stepKey: `withdrawn:${effect.offerId}`,
        purpose: 'service-withdrawn',
        recipient: { kind: 'provider', id, displayName: name, locale: null, isResponder: false },
        channels: addresses,
      });
    }
    case 'tell-street':
      return tellStreet(tx, request, effect.clock, effect.number);
  }
}

async function askProvider(
  tx: Transaction,
  request: RequestRecord,
  { offerId, provider }: { offerId: string; provider: ProviderName },
): Promise<void> {
  const service = await serviceOf(tx, request, request.state.kind);
  const addresses = service.providers.find(({ id }) => id === provider.id)?.addresses ?? [];
  await queue(tx, request, {
    id: offerId,
    stepKey: `offer:${offerId}`,
    purpose: 'service-offered',
    recipient: {
      kind: 'provider',
      id: provider.id,
      displayName: provider.name,
      locale: null,
      isResponder: true,
    },
    channels: addresses,
    livesMs: request.state.limits.answerMs,
  });
}

/** While its alarm still rings, that alarm's policy tells them that nobody has taken it. */
async function tellStreet(
  tx: Transaction,
  request: RequestRecord,
  clock: RequestClock,
  number: number,
): Promise<void> {
  if (clock === 'taken' && request.alarmId !== null) return;
  const lineage = await lineageOf(tx, request);
  const { street = [] } = await peopleOf(tx, { residentId: null, lineage, ownerId: null }, ['street']);
  for (const { channels, ...recipient } of street) {
    await queue(tx, request, {
      stepKey: `missed:${clock}:${number}:${tx.nowMs}`,
      purpose: 'service-overdue',
      recipient: { ...recipient, isResponder: false },
      channels,
    });
  }
}

async function queue(
  tx: Transaction,
  request: RequestRecord,
  message: {
    id?: string;
    stepKey: string;
    purpose: 'service-offered' | 'service-withdrawn' | 'service-overdue';
    recipient: Recipient;
    channels: readonly ChannelAddress[];
    livesMs?: number;
  },
): Promise<void> {
  if (message.channels.length === 0) return;
  const step = await queueNotification(tx, {
    ...message,
    alarmId: request.id,
    priority: 'service',
    stationId: request.stationId,
  });
  if (step) await appendStep(tx, request, step);
}

async function appendStep(tx: Transaction, request: RequestRecord, step: RequestStep): Promise<void> {
  const requestId = request.id;
  request.version += 1;
  const body = { requestId, ...step };
  const hash = requestHash(request.lastHash, { requestId, atMs: tx.nowMs, body: JSON.stringify(body) });
  request.lastSeq = await tx.append({
    atMs: tx.nowMs,
    receivedAtMs: tx.nowMs,
    type: 'request',
    deviceId: null,
    residentId: request.residentId,
    stationId: request.stationId,
    alarmId: null,
    kind: step.step,
    body,
    hash,
  });
  request.lastHash = hash;
}
