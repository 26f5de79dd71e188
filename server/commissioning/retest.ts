import type { RetestNeed, RetestReason } from '@carebell/contracts/commissioning.ts';
import type { JournalEvent } from '@carebell/contracts/http-api.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';

/** A line of the journal that may put a commissioning in doubt. */
export type ChangeLine = {
  seq: number;
  atMs: number;
  type: string;
  kind: string;
  deviceId: string | null;
  body: unknown;
};

/** Which device, or which gateway's devices, must be tested again, and why. */
export type Doubt = { of: 'device' | 'gateway'; id: string; atMs: number; reasons: RetestReason[] };

const byField: Record<string, RetestReason> = {
  type: 'type-changed',
  signals: 'signals-changed',
  dwellingId: 'dwelling-changed',
  residentId: 'dwelling-changed',
  stationId: 'dwelling-changed',
  gatewayId: 'gateway-changed',
  heardAs: 'heard-as-changed',
};

/** The kinds of entries about what people changed that are looked at. */
export const changeKinds = [
  'device-changed',
  'gateway-changed',
  'device-secret-renewed',
  'gateway-secret-renewed',
  'device-exchanged',
  'device-claimed',
  'gateway-claimed',
] as const;

/** What a line of the journal says; `undefined` where it leaves everything as it was tested. */
export function doubtOf({ atMs, type, kind, deviceId, body }: ChangeLine): Doubt | undefined {
  const {
    id = null,
    fields = [],
    of = null,
  } = (body ?? {}) as { id?: string; fields?: string[]; of?: string };
  if (type === 'availability') {
    if (of !== 'gateway' || kind !== 'online' || deviceId === null) return undefined;
    return { of: 'gateway', id: deviceId, atMs, reasons: ['gateway-restarted'] };
  }
  if (id === null) return undefined;
  const reasons = [...new Set(fields.flatMap((field) => byField[field] ?? []))];
  switch (kind) {
    case 'device-changed':
      return reasons.length === 0 ? undefined : { of: 'device', id, atMs, reasons };
    case 'gateway-changed':
      return reasons.length === 0 ? undefined : { of: 'gateway', id, atMs, reasons: ['gateway-changed'] };
    case 'device-exchanged':
      return { of: 'device', id, atMs, reasons: ['device-exchanged'] };
    case 'device-secret-renewed':
    case 'device-claimed':
      return { of: 'device', id, atMs, reasons: ['secret-renewed'] };
    case 'gateway-secret-renewed':
    case 'gateway-claimed':
      return { of: 'gateway', id, atMs, reasons: ['secret-renewed'] };
    default:
      return undefined;
  }
}

/** What a device that only has to be heard again needs; what it means when it is heard must be tried. */
const heardAgain: ReadonlySet<RetestReason> = new Set<RetestReason>(['gateway-restarted', 'secret-renewed']);

export function needOf(type: DeviceType, reasons: readonly RetestReason[]): RetestNeed {
  if (reasons.every((reason) => heardAgain.has(reason))) return 'sign';
  return type === 'button' || type === 'terminal' ? 'press' : 'event';
}

/** Whether this is what is needed. */
export function clears(need: RetestNeed, { type, kind }: Pick<JournalEvent, 'type' | 'kind'>): boolean {
  switch (need) {
    case 'press':
      return type === 'event' && (kind === 'button.pressed' || kind === 'test.pressed');
    case 'event':
      return type === 'event' && kind !== 'heartbeat';
    case 'sign':
      return type === 'event' || type === 'reading' || (type === 'availability' && kind === 'online');
  }
}
