import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import { unknownAtMost, unknownSaidAtMost } from '@carebell/contracts/unknown-limits.ts';
import type { Transaction } from '../journal/transaction.ts';
import type { Said, UnknownRecord } from './unknown-store.ts';

/** What was heard: an event with what it said, or values that were measured. */
export type Heard = {
  atMs: number;
  event?: Pick<DeviceEvent, 'kind' | 'data'>;
  rssi?: number | undefined;
  battery?: number | undefined;
};

/**
 * Notes that a gateway has heard a radio code that is registered nowhere in its station. A gateway amid radio noise has its
 * places taken by turns, and takes none of another's.
 */
export async function hearUnknown(
  tx: Transaction,
  { gatewayId, code }: { gatewayId: string; code: string },
  heard: Heard,
): Promise<void> {
  const known = await tx.unknown.find(gatewayId, code);
  if (!known && (await tx.unknown.countOf(gatewayId)) >= unknownAtMost) {
    const oldest = await tx.unknown.oldestOf(gatewayId);
    if (oldest !== undefined) await tx.unknown.forget(gatewayId, oldest);
  }
  await tx.unknown.save(withHeard(known ?? newUnknown(gatewayId, code, heard.atMs), heard));
}

export function withHeard(unknown: UnknownRecord, { atMs, event, ...measured }: Heard): UnknownRecord {
  const data = event?.data ?? {};
  return {
    ...unknown,
    lastAtMs: Math.max(unknown.lastAtMs, atMs),
    times: unknown.times + 1,
    rssi: measured.rssi ?? numberIn(data['rssi']) ?? unknown.rssi,
    battery: measured.battery ?? numberIn(data['battery']) ?? unknown.battery,
    said: event ? withSaid(unknown.said, event, atMs) : unknown.said,
  };
}

function newUnknown(gatewayId: string, code: string, atMs: number): UnknownRecord {
  return { gatewayId, code, firstAtMs: atMs, lastAtMs: atMs, times: 0, rssi: null, battery: null, said: [] };
}

/** The latest first; of many different things the one said longest ago is forgotten. */
function withSaid(
  said: readonly Said[],
  { kind, data }: Pick<DeviceEvent, 'kind' | 'data'>,
  atMs: number,
): Said[] {
  const [signal, key] = [wordIn(data?.['signal']), wordIn(data?.['key'])];
  const isSame = (other: Said) => other.kind === kind && other.signal === signal && other.key === key;
  const times = (said.find(isSame)?.times ?? 0) + 1;
  const rest = said.filter((other) => !isSame(other));
  return [{ kind, signal, key, times, lastAtMs: atMs }, ...rest].slice(0, unknownSaidAtMost);
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** What is longer than the names that gateways give is no name. */
function wordIn(value: unknown): string | null {
  return typeof value === 'string' && value.length <= 64 ? value : null;
}
