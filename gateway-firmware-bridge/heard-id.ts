import { createHash } from 'node:crypto';
import type { Driver } from './drivers/driver.ts';

export type WhereHeard = {
  scope: Driver['addressScope'];
  gatewayId: string;
  portName: string;
};

/** The longest device identifier of the contracts. */
const longest = 64;
const hashLength = 12;

/**
 * The identifier under which a sender is reported as long as nobody has entered it. What every receiver hears alike
 * keeps its address, so that two gateways name it the same; what one port knows gets the names of gateway and port.
 */
export function heardIdOf(address: string, { scope, gatewayId, portName }: WhereHeard): string {
  const whole = scope === 'world' ? address : `${gatewayId}.${portName}.${address}`;
  if (whole.length <= longest) return whole;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, hashLength);
  return `${whole.slice(0, longest - hashLength - 1)}.${hash}`;
}
