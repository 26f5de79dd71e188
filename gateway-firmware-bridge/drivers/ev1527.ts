import type { Decoded } from './driver.ts';

/**
 * The name of a 24-bit code of an EV1527 (or a chip that modulates like it: SC2262, HS1527, PT2262 at two levels),
 * the same through every receiver, because a code is the same transmitter wherever it is heard.
 *
 * The chip sends a 20-bit identifier, then 4 key bits. RFLink prints them apart (RFLink32, Plugin_061.c:
 * `display_IDn((bitstream >> 4) & 0x0FFFFF, 6)`, `display_SWITCH(bitstream & 0x0F)`), so `ID=0f7499;SWITCH=04;` is what
 * a Sonoff bridge reports as F7 49 94: all three take a short pulse for 0 and the first bit for the highest
 * (Portisch, RF_Protocols.h: `PROTOCOL_BIT0(PT226X) = { HIGH(0), LOW(1) }`).
 */
export function ev1527Signal(identifier: number, key: number): Decoded {
  const address = `rf433.ev1527.${identifier.toString(16).padStart(5, '0')}`;
  return { of: 'heard', heard: { of: 'signal', address, signal: `key.${key.toString(16)}` } };
}

/** The 24-bit code behind such a name. */
export function ev1527Code(address: string, signal: string | undefined): number | undefined {
  const identifier = /^rf433\.ev1527\.([0-9a-f]{5})$/.exec(address)?.[1];
  const key = /^key\.([0-9a-f])$/.exec(signal ?? '')?.[1];
  if (identifier === undefined || key === undefined) return undefined;
  return Number.parseInt(identifier + key, 16);
}
