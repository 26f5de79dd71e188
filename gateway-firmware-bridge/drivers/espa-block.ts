import type { Rejected } from './rejection.ts';
import { rejected } from './rejection.ts';

// ESPA 4.4.4 "Proposal for serial data interface for paging equipment" (1984), sections 2.3, 3 and 4.1, as annotated by
// G. Scott: a block is SOH, header, STX, records (identifier US data) parted by RS, ETX and the block check character.
export const control = {
  startOfHeader: 0x01,
  startOfText: 0x02,
  endOfText: 0x03,
  endOfTransmission: 0x04,
  enquiry: 0x05,
  acknowledge: 0x06,
  notAcknowledge: 0x15,
  recordSeparator: 0x1e,
  unitSeparator: 0x1f,
} as const;

/** The longest text is 128 characters, and the other records are a few characters each. */
const longestBlock = 512;

export type Block = { header: string; records: ReadonlyMap<string, string> };

export type EspaToken =
  | { of: 'enquiry'; address: string }
  | { of: 'acknowledged' }
  | { of: 'refused' }
  | { of: 'ended' }
  | { of: 'block'; block: Block; bytes: Uint8Array };

export type EspaReader = {
  push(bytes: Uint8Array): (EspaToken | Rejected)[];
  /** Gives up a block or an address that has begun. */
  quiet(): Rejected[];
};

/** Tells the protocol's words apart. Holds at most one block. */
export function createEspaReader(): EspaReader {
  let held: number[] = [];

  function push(bytes: Uint8Array): (EspaToken | Rejected)[] {
    const tokens: (EspaToken | Rejected)[] = [];
    for (const byte of bytes) tokens.push(...take(byte));
    return tokens;
  }

  function take(byte: number): (EspaToken | Rejected)[] {
    const isInBlock = held[0] === control.startOfHeader;
    if (isInBlock && held.at(-1) === control.endOfText) {
      // The check character may have any value, also that of a control character.
      const bytes = Uint8Array.from([...held, byte]);
      held = [];
      return [blockOf(bytes)];
    }
    if (isInBlock && byte !== control.startOfHeader && !isControlOfLink(byte)) {
      held.push(byte);
      return held.length < longestBlock ? [] : [giveUp('too-long')];
    }
    if (isInBlock) return [giveUp('cut'), ...take(byte)];
    if (byte === control.startOfHeader) {
      const before = held.length > 0 ? [giveUp('noise')] : [];
      held.push(byte);
      return before;
    }
    if (isControlOfLink(byte)) return linkWord(byte);
    // An address or the number of a reason stands before its control character; only the last byte may be one.
    held.push(byte);
    return held.length > 256 ? [giveUp('noise')] : [];
  }

  function linkWord(byte: number): (EspaToken | Rejected)[] {
    const prefix = held.at(-1);
    const isPrefix = prefix !== undefined && /[0-9A-Za-z]/.test(String.fromCharCode(prefix));
    const isPrefixed = isPrefix && byte !== control.acknowledge;
    const noise = isPrefixed ? held.slice(0, -1) : held;
    const before = noise.length > 0 ? [rejected('noise', Uint8Array.from(noise))] : [];
    held = [];
    if (byte === control.acknowledge) return [...before, { of: 'acknowledged' }];
    if (byte === control.notAcknowledge) return [...before, { of: 'refused' }];
    if (byte === control.endOfTransmission) return [...before, { of: 'ended' }];
    if (isPrefixed) return [...before, { of: 'enquiry', address: String.fromCharCode(prefix) }];
    return [...before, rejected('bad-field', Uint8Array.of(byte))];
  }

  function giveUp(reason: 'cut' | 'noise' | 'too-long'): Rejected {
    const bytes = Uint8Array.from(held);
    held = [];
    return rejected(reason, bytes);
  }

  return {
    push,
    quiet() {
      if (held.length === 0) return [];
      return [giveUp(held[0] === control.startOfHeader ? 'cut' : 'noise')];
    },
  };
}

function isControlOfLink(byte: number): boolean {
  return (
    byte === control.endOfTransmission ||
    byte === control.enquiry ||
    byte === control.acknowledge ||
    byte === control.notAcknowledge
  );
}

function blockOf(bytes: Uint8Array): EspaToken | Rejected {
  if (bytes.at(-1) !== checkCharacter(bytes.subarray(1, -1))) return rejected('checksum', bytes);
  const text = Buffer.from(bytes.subarray(1, -2)).toString('latin1');
  const [header = '', ...bodies] = text.split(String.fromCharCode(control.startOfText));
  const body = bodies[0];
  if (bodies.length !== 1 || body === undefined || !/^[0-9A-Za-z]$/.test(header)) {
    return rejected('bad-field', bytes);
  }
  const records = new Map<string, string>();
  // Some systems end the last record by RS too (a note of the annotated edition), so empty records are none.
  for (const record of body
    .split(String.fromCharCode(control.recordSeparator))
    .filter((each) => each !== '')) {
    const parted = record.indexOf(String.fromCharCode(control.unitSeparator));
    if (parted < 1) return rejected('bad-field', bytes);
    // A leading space before the identifier is seen in the field; the data is left as it is.
    records.set(record.slice(0, parted).trim(), record.slice(parted + 1));
  }
  return { of: 'block', block: { header, records }, bytes };
}

export function blockBytes(header: string, records: readonly (readonly [string, string])[]): Uint8Array {
  const separator = String.fromCharCode(control.recordSeparator);
  const unit = String.fromCharCode(control.unitSeparator);
  const body = records.map(([identifier, data]) => identifier + unit + data).join(separator);
  const checked = [
    ...Buffer.from(header, 'latin1'),
    control.startOfText,
    ...Buffer.from(body, 'latin1'),
    control.endOfText,
  ];
  return Uint8Array.from([control.startOfHeader, ...checked, checkCharacter(checked)]);
}

/** Exclusive or of all after SOH up to and with ETX (section 4.1: "excluding the SOH"). */
function checkCharacter(bytes: Iterable<number>): number {
  let check = 0;
  for (const byte of bytes) check ^= byte;
  return check;
}
