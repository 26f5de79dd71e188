import type { SignedIn } from '../community.ts';
import { openPartySocket } from './party-socket.ts';
import type { PartySocket } from './party-socket.ts';

/** Devices that are signing in at any time: a hub that is asked by everybody at once is another test. */
const signingInAtOnce = 200;

export type Crowd = {
  /** How often a connection was ended by the hub, or not taken. */
  lost(): number;
  connected(): number;
  /**
   * Says it now, and again after each reconnect until it is acknowledged; `acknowledged` is called once. `false`: what this
   * one said before has not been acknowledged yet.
   */
  say(index: number, publish: Buffer, acknowledged: () => void): boolean;
  /** Its connection breaks, and it comes back. */
  drop(index: number): void;
  /** Publications that have not been acknowledged. */
  waiting(): number;
  end(): void;
};

/** Devices on connections of their own. Resolves when all have signed in once. */
export async function openCrowd(
  port: number,
  accounts: readonly SignedIn[],
  /** Of the first, among all that connect from this machine. */
  firstNumber = 0,
): Promise<Crowd> {
  const waiting = new Map<number, { publish: Buffer; acknowledged: () => void }>();
  let lost = 0;
  const sockets: PartySocket[] = [];

  const signIn = (account: SignedIn, index: number): Promise<void> =>
    new Promise((resolve) => {
      sockets[index] = openPartySocket(
        port,
        account,
        {
          welcomed(isAgain) {
            resolve();
            const said = waiting.get(index);
            if (isAgain && said) sockets[index]?.write(said.publish);
          },
          acknowledged() {
            const said = waiting.get(index);
            waiting.delete(index);
            said?.acknowledged();
          },
          lost: () => void (lost += 1),
        },
        firstNumber + index,
      );
    });
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < accounts.length; index = next++) {
      const account = accounts[index];
      if (account) await signIn(account, index);
    }
  };
  await Promise.all(Array.from({ length: signingInAtOnce }, lane));

  return {
    lost: () => lost,
    connected: () => sockets.reduce((sum, socket) => sum + (socket.isWelcome() ? 1 : 0), 0),
    say(index, publish, acknowledged) {
      if (waiting.has(index)) return false;
      waiting.set(index, { publish, acknowledged });
      sockets[index]?.write(publish);
      return true;
    },
    drop: (index) => sockets[index]?.drop(),
    waiting: () => waiting.size,
    end: () => sockets.forEach((socket) => socket.end()),
  };
}
