import { between } from '../random.ts';
import type { Act, Board, Firmware, Said } from './firmware.ts';
import { codeOf, hasCode } from './transmitters.ts';

// Written from "RFLink Protocol Reference.txt" in python-rflink.

/** What the firmware can send, so that it answers OK and not CMD UNKNOWN. */
const transmits =
  /^10;(NewKaku|Kaku|AB400D|Impuls|Eurodomest|Blyss|Kambrook|HomeEasy|EV1527|Byron|Selectplus|DELTRONIC);/i;
/** A transmission of some ten repetitions. */
const airTimeMs = 400;

export const rflinkBoard: Board = {
  driver: 'rflink',
  about: { 'zh-CN': 'RFLink 433 MHz 接收器', en: 'RFLink, a 433 MHz receiver' },
  line: { baudRate: 57_600 },
  acts: ['press', 'door-open', 'door-close', 'motion', 'smoke', 'tamper', 'battery-low', 'reading'],
  powerOn(random): Firmware {
    let packet = 0;
    let heard = '';

    const say = (text: string, pauseMs = 0): Said => {
      const number = (packet & 0xff).toString(16).toUpperCase().padStart(2, '0');
      packet += 1;
      return { bytes: Buffer.from(`20;${number};${text};\r\n`, 'latin1'), pauseMs };
    };
    /** A transmitter repeats itself for half a second, and some of it gets past the firmware's own filter. */
    const sayRepeatedly = (text: string) => [say(text), say(text, 150), say(text, 150)];
    const banner = () => {
      packet = 0;
      return [say('Nodo RadioFrequencyLink - RFLink Gateway V1.1 - R48')];
    };

    function perform(act: Act, sender: number): Said[] {
      const id = sender.toString(16).padStart(4, '0');
      if (act === 'smoke') return sayRepeatedly(`SmokeAlert;ID=5a${id};SMOKEALERT=ON`);
      if (act === 'motion') return sayRepeatedly(`Pir;ID=${id};PIR=ON`);
      if (act === 'battery-low') return [say(`${climate(sender)};BAT=LOW`)];
      if (act === 'reading') return [say(`${climate(sender)};BAT=OK`)];
      return hasCode(act) ? sayRepeatedly(ev1527(codeOf(act, sender))) : [];
    }

    function climate(sender: number): string {
      const celsius = between(random, -5, 25);
      const tenths = Math.round(Math.abs(celsius) * 10);
      const temperature = (celsius < 0 ? 0x8000 | tenths : tenths).toString(16).padStart(4, '0');
      const humidity = Math.round(between(random, 30, 70));
      return `Alecto V1;ID=${(0x0200 + sender).toString(16).padStart(4, '0')};TEMP=${temperature};HUM=${humidity}`;
    }

    function answer(bytes: Uint8Array): Said[] {
      heard += Buffer.from(bytes).toString('latin1');
      const lines = heard.split(/[\r\n]+/);
      heard = lines.pop() ?? '';
      return lines.filter((line) => line !== '').flatMap(answerTo);
    }

    function answerTo(line: string): Said[] {
      const word = line.toUpperCase();
      if (word === '10;PING;') return [{ bytes: Buffer.from('20;99;PONG;\r\n', 'latin1'), pauseMs: 0 }];
      if (word === '10;VERSION;') return [say('VER=1.1;REV=48;BUILD=07')];
      if (word === '10;STATUS;') return [say('STATUS;setRF433=ON;setNodoNRF=OFF;setMilight=OFF;setGPIO=OFF')];
      if (word === '10;REBOOT;') return banner();
      if (word.startsWith('11;20;'))
        return [say('OK'), say(line.slice('11;20;00;'.length).replace(/;$/, ''))];
      return [transmits.test(line) ? say('OK', airTimeMs) : say('CMD UNKNOWN')];
    }

    return { banner, perform, answer };
  },
};

function ev1527(code: number): string {
  const id = (code >>> 4).toString(16).padStart(6, '0');
  return `EV1527;ID=${id};SWITCH=${(code & 0xf).toString(16).padStart(2, '0')};CMD=ON`;
}
