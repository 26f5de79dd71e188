import { boardFor } from '../firmware/boards.ts';
import { CableError } from '../firmware/cable.ts';
import type { Act, Board } from '../firmware/firmware.ts';
import { createGateway } from '../firmware/gateway.ts';
import type { Gateway, WireEvent } from '../firmware/gateway.ts';
import { rakBoard } from '../firmware/lora-at.ts';
import { createPty } from '../firmware/pty.ts';
import { createTcpCable } from '../firmware/tcp.ts';
import { seededRandom } from '../random.ts';
import { systemTime } from '../time.ts';
import { elapsed } from './attendance.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { keyOf, listenToKeys } from './gateway-keys.ts';

export const scenes = ['tour', 'busy'] as const;

export type GatewayCommandOptions = {
  driver: string;
  pty?: string | true;
  tcp?: number;
  press?: number;
  act: Act;
  scene?: (typeof scenes)[number];
  senders: number;
  count: number;
  noise: number;
  truncate: number;
  unplugEvery?: number;
  unplugFor: number;
  module: 'rylr' | 'rak';
  seed: string;
};

const tourStepMs = 3000;
const busyStepMs = 50;
const busySenders = 20;
/** Time for the last answers of the bridge. */
const lingerMs = 2000;

export async function gateway(options: GatewayCommandOptions, desk: Desk): Promise<ExitCode> {
  const texts = desk.texts.gateway;
  const board = chosenBoard(options, desk);
  if (options.pty !== undefined && options.tcp !== undefined) throw new UsageError(texts.oneLink);
  const path = typeof options.pty === 'string' ? options.pty : `/tmp/carebell-${options.driver}`;
  const cable = options.tcp === undefined ? createPty(path) : createTcpCable(options.tcp);

  const ended = new AbortController();
  const over = AbortSignal.any([desk.interrupted, ended.signal]);
  const random = seededRandom(`${options.seed}:${options.driver}`);
  const tell = storyteller(board, desk);
  let failure: Error | undefined;
  const observe = (event: WireEvent) => {
    tell(event);
    if (event.type !== 'failed') return;
    failure = event.reason;
    ended.abort();
  };
  const { noise, truncate } = options;
  const made = createGateway({ time: systemTime, random, observe }, board, cable, {
    damage: { noise, truncate },
  });
  try {
    await made.plugIn();
  } catch (error) {
    if (!(error instanceof CableError)) throw error;
    const at = options.tcp === undefined ? path : `tcp://127.0.0.1:${options.tcp}`;
    desk.printError(error.code === 'no-socat' ? texts.noSocat : texts.failed(at, error.message));
    return exitCodes.notAccepted;
  }
  const pulling = options.unplugEvery === undefined ? undefined : pullNowAndThen(made, options, over);
  const happened = await happenings(made, board, options, desk, over, () => ended.abort());
  ended.abort();
  await pulling;
  await made.pull();
  if (failure !== undefined) desk.printError(failure.message);
  desk.print(texts.ended(happened));
  return failure === undefined ? exitCodes.accepted : exitCodes.notAccepted;
}

function chosenBoard({ driver, module, act, scene }: GatewayCommandOptions, { texts }: Desk): Board {
  const board = driver === 'lora-at' && module === 'rak' ? rakBoard : boardFor(driver);
  if (board === undefined) throw new UsageError(texts.bad(driver));
  if (module === 'rak' && driver !== 'lora-at') throw new UsageError(texts.gateway.onlyLora);
  if (scene === undefined && !board.acts.includes(act) && act !== 'press') {
    throw new UsageError(texts.gateway.cannot(driver, act, board.acts));
  }
  return board;
}

/** Lets things happen by the clock, by a scene or by keys, and says how many did. */
async function happenings(
  made: Gateway,
  board: Board,
  options: GatewayCommandOptions,
  desk: Desk,
  over: AbortSignal,
  end: () => void,
): Promise<number> {
  let happened = 0;
  const perform = (act: Act, sender: number) => {
    happened += 1;
    made.perform(act, sender);
  };
  // A board that has no button does what it is made for instead.
  const usual = board.acts.includes(options.act) ? options.act : (board.acts[0] ?? options.act);
  if (options.scene === 'tour') {
    for (const act of board.acts) {
      await elapsed(tourStepMs, over);
      if (!over.aborted) perform(act, 0);
    }
  } else if (options.press !== undefined || options.scene === 'busy') {
    const everyMs = options.scene === 'busy' ? busyStepMs : (options.press ?? 0);
    const senders = options.scene === 'busy' ? Math.max(options.senders, busySenders) : options.senders;
    while (happened < options.count) {
      await elapsed(everyMs, over);
      if (over.aborted) break;
      perform(usual, happened % senders);
    }
  } else {
    const texts = desk.texts.gateway;
    if (desk.keys) desk.print(texts.keys(board.acts.map((act) => texts.keyFor(keyOf(act), act)).join(', ')));
    const stop = listenToKeys(desk, { made, board, perform, end });
    await elapsed(forEverMs, over);
    stop();
  }
  if (!over.aborted) await elapsed(lingerMs, over);
  return happened;
}

/** The longest that a timer of Node.js takes: 24 days. */
const forEverMs = 2 ** 31 - 1;

async function pullNowAndThen(
  made: Gateway,
  { unplugEvery = 0, unplugFor }: GatewayCommandOptions,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    await elapsed(unplugEvery, over);
    if (over.aborted) return;
    await made.pull();
    await elapsed(unplugFor, over);
    if (!over.aborted) await made.plugIn();
  }
}

/** Tells what crosses the wire, but of a bus only what differs from the time before. */
function storyteller(board: Board, desk: Desk): (event: WireEvent) => void {
  const texts = desk.texts.gateway;
  const what = desk.texts.language === 'en' ? board.about.en : board.about['zh-CN'];
  const last = new Map<string, string>();
  let isHinted = false;
  const wire = (direction: '→' | '←', bytes: Uint8Array, note = '') => {
    const line = `${direction} ${readable(bytes)}${note}`;
    // The first two bytes tell the stations of a bus apart.
    const who = `${direction} ${bytes[0]} ${bytes[1]}`;
    if (board.isPolled === true && last.get(who) === line) return;
    last.set(who, line);
    desk.print(`${new Date().toISOString().slice(11, 23)} ${line}`);
  };
  return (event) => {
    switch (event.type) {
      case 'plugged-in':
        desk.print(texts.pluggedIn(what, event.at, board.line.baudRate));
        if (!isHinted) desk.print(texts.bridgeHint(event.at, board.driver));
        isHinted = true;
        return undefined;
      case 'pulled':
        return desk.print(texts.pulled);
      case 'act':
        last.clear();
        return desk.print(texts.happens(event.act, event.sender));
      case 'sent':
        return wire('→', event.bytes, event.isDamaged ? ` ${texts.damaged}` : '');
      case 'heard':
        return wire('←', event.bytes);
      case 'failed':
        return undefined;
    }
  };
}

/** Lines of text as they are, anything else in hex. */
function readable(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  const isText = /^[\p{L}\p{N}\p{P}\p{S}\p{Zs}\r\n]+$/u.test(text) && !text.includes('\ufffd');
  return isText
    ? text.trimEnd()
    : Buffer.from(bytes)
        .toString('hex')
        .toUpperCase()
        .replaceAll(/(..)(?=.)/g, '$1 ');
}
