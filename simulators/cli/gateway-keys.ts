import type { Act, Board } from '../firmware/firmware.ts';
import type { Gateway } from '../firmware/gateway.ts';
import type { Desk } from './desk.ts';

const keys: Record<Act, string> = {
  press: 'p',
  fall: 'f',
  'door-open': 'o',
  'door-close': 'c',
  motion: 'm',
  smoke: 's',
  tamper: 't',
  'battery-low': 'b',
  reading: 'r',
};

export function keyOf(act: Act): string {
  return keys[act];
}

/** Each key of the person makes one thing happen; `end` for q. Without a keyboard nothing is listened to. */
export function listenToKeys(
  desk: Desk,
  {
    made,
    board,
    perform,
    end,
  }: { made: Gateway; board: Board; perform(act: Act, sender: number): void; end(): void },
): () => void {
  let sender = 0;
  let isPluggedIn = true;
  let moving = Promise.resolve();
  const stop = desk.keys?.((key) => {
    if (key === 'q' || key === '\u0003') return end();
    if (/^[0-9]$/.test(key)) {
      sender = Number(key);
      return;
    }
    if (key === 'u') {
      const move = isPluggedIn ? () => made.pull() : async () => void (await made.plugIn());
      isPluggedIn = !isPluggedIn;
      moving = moving.then(move).catch((error: unknown) => desk.printError(String(error)));
      return;
    }
    const act = board.acts.find((each) => keys[each] === key);
    if (act !== undefined) perform(act, sender);
  });
  return () => stop?.();
}
