import type { EventKind, ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { Reassurance } from './commands.ts';
import type { ConnectionEnd } from './mqtt-connection.ts';

type Acknowledged = {
  id: string;
  transmissions: number;
  /** From the latest transmission to its PUBACK. */
  pubackMs: number;
  /** From the happening to the PUBACK. */
  sinceMs: number;
};

/** What became of an event. `delivery` never rejects. */
export type Delivery =
  | ({ isAccepted: true } & Acknowledged)
  | { isAccepted: false; id: string; reason: 'switched-off' | 'memory-full' };
export type Sent = { id: string; delivery: Promise<Delivery> };

/** Everything that one can see, hear or measure at a virtual device. */
export type Happening =
  | { type: 'connected' }
  | { type: 'disconnected'; end: ConnectionEnd; retryInMs: number }
  | { type: 'sent'; id: string; kind: EventKind; transmission: number }
  | ({ type: 'accepted'; kind: EventKind } & Acknowledged)
  | { type: 'reading'; battery: number; rssi: number }
  /** `state` is what the hub told, `shown` what the device shows now: never less than it showed for that alarm. */
  | { type: 'reassured'; alarmId: string; state: ReassuranceState; shown: ReassuranceState }
  | { type: 'identified' }
  | { type: 'command-repeated'; id: string }
  | { type: 'command-unreadable' };

export type DeviceState = {
  phase: 'off' | 'connecting' | 'connected' | 'waiting';
  battery: number;
  reassurance: Reassurance | null;
  timesIdentified: number;
  /** Events without PUBACK. */
  waiting: number;
};
