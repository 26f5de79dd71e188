import { EventEmitter } from 'node:events';
import type { Rejected } from './rejection.ts';
import { rejected } from './rejection.ts';

/** Unit, function, one byte, and two of the checksum: an exception, and the shortest answer of all. */
const shortestAnswer = 5;
const longestHeld = 512;

/**
 * The port that `modbus-serial` writes to and hears whole answers from: Modbus RTU ends a frame by silence, which no
 * operating system tells, so an answer is known by the unit, the function and the length that the question calls for.
 */
export function createModbusPort(line: { write(bytes: Uint8Array): void; decoded(items: Rejected[]): void }) {
  let held: Buffer = Buffer.alloc(0);
  let answer: Buffer = Buffer.alloc(0);
  let asked: { unit: number; code: number; length: number } | undefined;

  function drop(reason: 'noise' | 'cut'): void {
    if (held.length > 0) line.decoded([rejected(reason, held)]);
    held = Buffer.alloc(0);
  }

  const port = Object.assign(new EventEmitter(), {
    isOpen: true,
    open: (opened: (error: null) => void) => opened(null),
    close: (closed: () => void) => closed(),
    write(bytes: Buffer) {
      drop('noise');
      const [unit = 0, code = 0] = bytes;
      const quantity = bytes.readUInt16BE(4);
      // FC 1 and 2 answer with a bit for each input, FC 5 with the question itself.
      asked = { unit, code, length: code <= 2 ? shortestAnswer + Math.ceil(quantity / 8) : bytes.length };
      line.write(bytes);
    },
  });

  return {
    port,
    push(bytes: Uint8Array): void {
      held = Buffer.concat([held, bytes]);
      if (asked === undefined) return drop('noise');
      for (let at = 0; at + shortestAnswer <= held.length; at += 1) {
        const isException = held[at + 1] === (asked.code | 0x80);
        if (held[at] !== asked.unit || (held[at + 1] !== asked.code && !isException)) continue;
        const length = isException ? shortestAnswer : asked.length;
        if (at + length > held.length) return;
        if (at > 0) line.decoded([rejected('noise', held.subarray(0, at))]);
        answer = Buffer.from(held.subarray(at, at + length));
        held = held.subarray(at + length);
        asked = undefined;
        port.emit('data', answer);
        return;
      }
      if (held.length > longestHeld) drop('noise');
    },
    /** The library took no answer: it came damaged, or in part, or said an exception, or not at all. */
    failed(error: unknown): void {
      asked = undefined;
      const { message, modbusCode } = error as { message?: unknown; modbusCode?: unknown };
      if (message === 'CRC error') line.decoded([rejected('checksum', answer)]);
      else if (modbusCode !== undefined) line.decoded([rejected('bad-field', answer)]);
      drop('cut');
    },
  };
}
