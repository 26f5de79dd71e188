import type { Act, Board, Firmware, Said } from './firmware.ts';
import { codeOf, hasCode } from './transmitters.ts';

// Written from ESPHome's rf_bridge.cpp and Portisch's uart.c.
const start = 0xaa;
const stop = 0x55;
const acknowledgement = Uint8Array.of(start, 0xa0, stop);
/** Eight repetitions of 24 bits and their sync. */
const airTimeMs = 350;

/** How many bytes follow each command of the host, the stop byte included. */
const bytesAfter: Record<number, number> = { 0xa0: 1, 0xa1: 1, 0xa5: 10, 0xa6: 1, 0xa7: 1, 0xc0: 3, 0xff: 1 };

export const sonoffRfBoard: Board = {
  driver: 'sonoff-rf',
  about: {
    'zh-CN': 'Sonoff 射频桥（EFM8BB1，Portisch 固件）',
    en: 'Sonoff RF bridge (EFM8BB1, firmware Portisch)',
  },
  line: { baudRate: 19_200 },
  acts: ['press', 'door-open', 'door-close', 'motion', 'tamper', 'battery-low'],
  powerOn(): Firmware {
    let heard: Uint8Array = new Uint8Array(0);

    function perform(act: Act, sender: number): Said[] {
      if (!hasCode(act)) return [];
      const frame = received(codeOf(act, sender));
      return [0, 120, 120, 120].map((pauseMs) => ({ bytes: frame, pauseMs }));
    }

    function answer(bytes: Uint8Array): Said[] {
      heard = Buffer.concat([heard, bytes]);
      const said: Said[] = [];
      for (;;) {
        const at = heard.indexOf(start);
        heard = at < 0 ? new Uint8Array(0) : heard.subarray(at);
        const [, command] = heard;
        if (command === undefined) return said;
        const length = 2 + (bytesAfter[command] ?? 0);
        if (heard.length < length) return said;
        const isWhole = heard[length - 1] === stop;
        if (isWhole) said.push(...answerTo(command));
        heard = heard.subarray(isWhole ? length : 1);
      }
    }

    return { banner: () => [], perform, answer };
  },
};

function answerTo(command: number): Said[] {
  if (command === 0xa0) return [];
  if (command === 0xff) return [{ bytes: Uint8Array.of(start, 0x03, stop), pauseMs: 0 }];
  return [{ bytes: acknowledgement, pauseMs: command === 0xa5 ? airTimeMs : 0 }];
}

/** Times as an EV1527 has them: sync 10,600 µs low, a short pulse of 340 µs, a long one of 1020 µs. */
function received(code: number): Uint8Array {
  const frame = Buffer.alloc(12, stop);
  frame.writeUInt16BE(0xaaa4, 0);
  frame.writeUInt16BE(10_600, 2);
  frame.writeUInt16BE(340, 4);
  frame.writeUInt16BE(1020, 6);
  frame.writeUIntBE(code, 8, 3);
  return frame;
}
