import type { Transaction } from '../journal/transaction.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';
import type { DeviceRecord, Entered } from '../resident/registry-store.ts';

/** A device that is heard under its own identifier needs no other. */
export function nameOfItsOwn(id: string, heardAs: string | null): string | null {
  return heardAs?.toLowerCase() === id.toLowerCase() ? null : heardAs;
}

/**
 * One radio code is one device of a station, or nobody could say whose press it was. The station is that of the gateways
 * that hear it, which for a device on a boundary is not the one that it belongs to.
 */
export async function checkHeard(
  tx: Transaction,
  { id, gatewayId, heardAs, signals }: Entered<DeviceRecord>,
): Promise<RegistryRefusal | undefined> {
  if (gatewayId === null) {
    if (heardAs !== null) return refused('gateway-missing', 'heardAs');
    return Object.keys(signals).length > 0 ? refused('gateway-missing', 'signals') : undefined;
  }
  const gateway = await tx.registry.gateway(gatewayId);
  if (!gateway) return refused('reference-unknown', 'gatewayId');
  const { stationId } = gateway;
  const field = heardAs === null ? 'id' : 'heardAs';
  const other = await tx.registry.deviceHeardAs({ name: heardAs ?? id, stationId, except: id });
  return other && refused('heard-as-taken', field, { takenBy: other.id });
}

/** A gateway that moves takes the codes of its devices with it; another station may know them as somebody else's. */
export async function checkHeardAt(
  tx: Transaction,
  gatewayId: string,
  stationId: string,
): Promise<RegistryRefusal | undefined> {
  for (const { id, heardAs, isRegistered } of await tx.registry.devicesOf({ gatewayId })) {
    if (!isRegistered) continue;
    const other = await tx.registry.deviceHeardAs({ name: heardAs ?? id, stationId, except: id });
    if (other) return refused('heard-as-taken', 'stationId', { takenBy: other.id });
  }
  return undefined;
}
