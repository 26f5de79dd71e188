import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { SignedIn } from '../community.ts';
import type { Line, OnScreen } from './ledger.ts';
import { openLoadScreen } from './load-screen.ts';
import { openSpeaker } from './load-speaker.ts';

/** What the process is told at its start. */
export type LoadPlace = {
  ledgerFile: string;
  mqttUrl: string;
  url: string;
  gateways: SignedIn[];
  operator: { name: string; password: string };
  /** Device n stands behind gateway n modulo their number. */
  doors: string[];
  /** Each is pressed once and never again. */
  buttons: string[];
  perSecond: { events: number; presses: number };
};
export type LoadOrder = { order: 'quiet' } | { order: 'resume' } | { order: 'end' };
export type LoadAnswer =
  | { is: 'running' }
  | { is: 'state'; waiting: number; isReported: boolean; onScreen: OnScreen[] }
  | { is: 'resumed' };

const tickMs = 20;

// Whoever started it is gone, and so must this be.
process.once('disconnect', () => process.exit(1));
const [place] = (await once(process, 'message')) as [LoadPlace];
const ledger = createWriteStream(place.ledgerFile);
const write = (line: Line): void => void ledger.write(`${JSON.stringify(line)}\n`);
const speakers = place.gateways.map((gateway) => openSpeaker(place.mqttUrl, gateway, write));
const screen = await openLoadScreen(place.url, place.operator, write);

let isQuiet = false;
let startedAtMs = performance.now();
const said = { events: 0, presses: 0 };
let pressed = 0;

setInterval(() => {
  if (isQuiet) return;
  const seconds = (performance.now() - startedAtMs) / 1_000;
  for (; said.events < seconds * place.perSecond.events; said.events += 1) {
    const index = said.events % place.doors.length;
    speakers[index % speakers.length]?.say(place.doors[index] ?? '', 'door.opened');
  }
  for (; said.presses < seconds * place.perSecond.presses; said.presses += 1) {
    const index = pressed++;
    const button = place.buttons[index];
    if (button === undefined) throw new Error('every button has been pressed');
    speakers[index % speakers.length]?.say(button, 'button.pressed');
  }
}, tickMs);

process.on('message', ({ order }: LoadOrder) => {
  if (order === 'end') process.exit(0);
  if (order === 'resume') {
    isQuiet = false;
    startedAtMs = performance.now();
    said.events = said.presses = 0;
    answer({ is: 'resumed' });
    return;
  }
  isQuiet = true;
  const waiting = speakers.reduce((sum, speaker) => sum + speaker.waiting(), 0);
  const state = { waiting, isReported: screen.isReported(), onScreen: screen.onScreen() };
  // Everything that the answer covers stands in the file when it is read.
  ledger.write('', () => answer({ is: 'state', ...state }));
});
answer({ is: 'running' });

function answer(message: LoadAnswer): void {
  process.send?.(message);
}
