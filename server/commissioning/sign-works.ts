import type {
  CommissionedDevice,
  SignCommissioning,
  SignedContent,
} from '@carebell/contracts/commissioning.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { instant } from '../clock.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import { endTestOf, openOne } from './open-one.ts';
import type { CommissioningRecord } from './commissioning-record.ts';
import { deviceOf, pointOf } from './settled.ts';
import { recordChainStart, recordHash } from './signed-record.ts';

/**
 * Closes a commissioning in which no check waits any more, with the names and signatures of both. What was signed is kept
 * word for word, with a hash over it and over the record signed before.
 */
export async function signCommissioning(
  tx: Transaction,
  call: {
    actorId: string;
    scope: Scope;
    id: string;
    hubVersion: string;
    names: Readonly<Record<string, string>>;
    signed: SignCommissioning;
  },
): Promise<RegistryOutcome> {
  const { actorId, id } = call;
  const found = await openOne(tx, call);
  if (!found.ok) return found;
  const { commissioning } = found;
  const last = await tx.commissionings.lastSigned();
  // The order of the records is that of these instants: no two have the same one.
  const signedAtMs = Math.max(tx.nowMs, (last?.endedAtMs ?? 0) + 1);
  const written = await contentOf(tx, commissioning, { ...call, signedAtMs });
  if (!written) return refused('reference-mismatch', 'checks');
  const content = JSON.stringify(written);
  const previousSha256 = last?.sha256 ?? recordChainStart;
  const sha256 = recordHash(previousSha256, { id, signedAtMs, content });
  await tx.commissionings.update({
    ...commissioning,
    state: 'signed',
    endedAtMs: signedAtMs,
    content,
    previousSha256,
    sha256,
  });
  for (const { deviceId } of written.devices) await tx.commissionings.clearRetest(deviceId);
  await endTestOf(tx, commissioning, actorId);
  const { stationId } = commissioning;
  await appendRegistryEntry(tx, { kind: 'commissioning-signed', id, actorId, stationId, fields: [sha256] });
  return { ok: true, id };
}

/** `undefined` while a check waits, or if there is nothing to sign. */
async function contentOf(
  tx: Transaction,
  { id, dwellingId, stationId, startedAtMs, startedBy }: CommissioningRecord,
  call: {
    hubVersion: string;
    names: Readonly<Record<string, string>>;
    signed: SignCommissioning;
    signedAtMs: number;
  },
): Promise<SignedContent | undefined> {
  const records = await tx.commissionings.checks(id);
  const points = await tx.commissionings.points(id);
  const nameOf = (userId: string): string => call.names[userId] ?? userId;
  const devices: CommissionedDevice[] = [];
  for (const deviceId of new Set(records.map((record) => record.deviceId))) {
    const device = await tx.registry.device(deviceId);
    // A device that went elsewhere meanwhile is not this dwelling's any more.
    if (!device || device.dwellingId !== dwellingId) continue;
    devices.push(deviceOf(device, records, { points, heard: undefined, nameOf }));
  }
  const isWaiting = devices.some(({ checks }) => checks.some(({ state }) => state === 'waiting'));
  if (isWaiting || devices.length === 0) return undefined;
  const dwelling = await tx.registry.dwelling(dwellingId);
  const station = await tx.registry.organisation(stationId);
  const place = { address: dwelling?.address ?? '', stationName: station?.name ?? '' };
  return {
    version: 1,
    commissioningId: id,
    dwellingId,
    ...place,
    stationId,
    startedAt: instant(startedAtMs),
    startedBy: { id: startedBy, displayName: nameOf(startedBy) },
    signedAt: instant(call.signedAtMs),
    hubVersion: call.hubVersion,
    devices,
    points: points.flatMap((point) => {
      const device = devices.find(({ deviceId }) => deviceId === point.deviceId);
      if (!device) return [];
      const { name: deviceName, type: deviceType } = device;
      return [pointOf(point, { ...place, deviceName, deviceType }, nameOf)];
    }),
    ...call.signed,
  };
}
