import { atOnce } from './firmware.ts';
import type { Board, Firmware, Said } from './firmware.ts';

// Written from "Modbus application protocol V1.1b3": discrete inputs are read by function 2, coils written by 5.
const unitIds = [1, 2];
const pointsPerUnit = 8;
/** A hand leaves the call point after so many questions; then the contact opens again. */
const heldForReads = 5;
const illegalFunction = 1;

export const modbusRtuBoard: Board = {
  driver: 'modbus-rtu',
  about: {
    'zh-CN': 'Modbus RTU 呼叫点（两个输入单元，各八点）',
    en: 'call points on Modbus RTU (two input units of eight points)',
  },
  line: { baudRate: 9600 },
  acts: ['press'],
  isPolled: true,
  powerOn(): Firmware {
    const leftReads = new Map<string, number>();
    const coils = new Set<string>();
    let held: Buffer = Buffer.alloc(0);

    function answer(bytes: Uint8Array): Said[] {
      held = Buffer.concat([held, bytes]);
      const said: Said[] = [];
      // Every question of the functions 1 to 6 has eight bytes; whatever does not end in its checksum is passed over.
      while (held.length >= 8) {
        const question = held.subarray(0, 8);
        if (checksum(question.subarray(0, 6)) !== question.readUInt16LE(6)) {
          held = held.subarray(1);
          continue;
        }
        held = held.subarray(8);
        said.push(...answerTo(question));
      }
      return said;
    }

    function answerTo(question: Buffer): Said[] {
      const [unit = 0, code = 0] = question;
      if (!unitIds.includes(unit)) return [];
      const first = question.readUInt16BE(2);
      const second = question.readUInt16BE(4);
      if (code === 1) return bits(unit, code, first, second, (index) => coils.has(`${unit}.${index}`));
      if (code === 2) return bits(unit, code, first, second, (index) => isPressed(`${unit}.${index}`));
      if (code !== 5) return framed([unit, code | 0x80, illegalFunction]);
      if (second === 0) coils.delete(`${unit}.${first}`);
      else coils.add(`${unit}.${first}`);
      return framed([...question.subarray(0, 6)]);
    }

    function isPressed(point: string): boolean {
      const left = leftReads.get(point) ?? 0;
      if (left > 0) leftReads.set(point, left - 1);
      return left > 0;
    }

    return {
      banner: () => [],
      perform(act, sender) {
        const unit = unitIds[Math.floor(sender / pointsPerUnit) % unitIds.length];
        if (act === 'press') leftReads.set(`${unit}.${sender % pointsPerUnit}`, heldForReads);
        return [];
      },
      answer,
    };
  },
};

function bits(
  unit: number,
  code: number,
  first: number,
  count: number,
  isOn: (index: number) => boolean,
): Said[] {
  const bytes: number[] = Array.from({ length: Math.ceil(count / 8) }, () => 0);
  for (let index = 0; index < count; index += 1) {
    if (isOn(first + index)) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return framed([unit, code, bytes.length, ...bytes]);
}

function framed(body: number[]): Said[] {
  const sum = checksum(body);
  return [atOnce(Uint8Array.from([...body, sum & 0xff, sum >> 8]))];
}

/** CRC-16/MODBUS: polynomial A001, reflected, from FFFF. */
function checksum(bytes: Iterable<number>): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}
