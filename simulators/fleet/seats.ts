import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { Happening, Sent } from '../happenings.ts';
import type { Credentials } from '../mqtt-connection.ts';
import { createVirtualDevice } from '../virtual-device.ts';
import type { Surroundings } from '../virtual-device.ts';
import { createHomeGateway } from './home-gateway.ts';

/** A device of a fleet: it signs in itself, or a gateway speaks for it. */
export type FleetAccount = Credentials & { gateway?: Credentials };

/** A device in its place of the fleet. */
export type Seat = {
  readonly deviceId: string;
  send(kind: EventKind, details?: Record<string, unknown>): Sent;
  /** A call whose answer has not come yet. */
  pressedAtMs: number | undefined;
};

/** What has a connection: a device, or the gateway of a home. */
export type Party = { readonly id: string; start(): void; stop(): Promise<void> };

export type Seating = {
  surroundings(id: string, partyIndex: number): Surroundings;
  keepAliveSeconds: number;
  pubackLimitMs: number;
  /** `seat` is whose it is, where it is a device's. */
  noted(partyId: string, happening: Happening, seat?: Seat): void;
};

/** Seats every device, in the order of the accounts, and gives each home behind a gateway one connection. */
export function seatAll(accounts: readonly FleetAccount[], seating: Seating) {
  const { surroundings, keepAliveSeconds, pubackLimitMs, noted } = seating;
  const parties: Party[] = [];
  const seats = new Map<string, Seat>();
  const behind = Map.groupBy(accounts, ({ gateway }) => gateway?.id);

  for (const [gatewayId, members] of behind) {
    const gateway = members[0]?.gateway;
    if (gatewayId === undefined || gateway === undefined) {
      for (const account of members) seatAlone(account);
      continue;
    }
    const party = createHomeGateway(surroundings(gatewayId, parties.length), gateway, {
      deviceIds: members.map(({ id }) => id),
      keepAliveSeconds,
      pubackLimitMs,
      tell: (happening, deviceId) =>
        noted(gatewayId, happening, deviceId === undefined ? undefined : seats.get(deviceId)),
    });
    parties.push({ id: gatewayId, start: party.start, stop: party.stop });
    for (const { id } of members) {
      seats.set(id, {
        deviceId: id,
        pressedAtMs: undefined,
        send: (kind, details) => party.send(id, kind, details),
      });
    }
  }
  return { parties, seats: accounts.flatMap(({ id }) => seats.get(id) ?? []) };

  function seatAlone({ id, secret }: Credentials): void {
    const device = createVirtualDevice(
      surroundings(id, parties.length),
      { id, secret },
      { keepAliveSeconds, pubackLimitMs },
    );
    const seat: Seat = {
      deviceId: id,
      pressedAtMs: undefined,
      send: (kind, details) => device.send(kind, details),
    };
    device.observe((happening) => noted(id, happening, seat));
    seats.set(id, seat);
    parties.push({ id, start: device.start, stop: device.stop });
  }
}
