import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import type { SignedIn } from '../community.ts';
import { connectBytes } from '../raw-party.ts';

const comeBackAfterMs = 250;
const [connackType, pubackType] = [0x20, 0x40];
/** Long enough that nobody needs to say anything to be taken for alive while a measurement lasts. */
const keepAliveS = 3_600;
/** Linux has 28,232 ports for one pair of addresses; from here on another loopback address speaks. */
const socketsOfAnAddress = 25_000;

export type PartySocket = {
  write(bytes: Buffer): void;
  isWelcome(): boolean;
  drop(): void;
  end(): void;
};

export type PartyEars = {
  /** Signed in, for the first time or again: what was not acknowledged is to be said again. */
  welcomed(isAgain: boolean): void;
  acknowledged(messageId: number): void;
  /** The hub has ended the connection, or refused it. */
  lost?(): void;
};

/** Signed-in, kept and come back to by itself, at the price of a socket and two closures: no parser, no client library. */
export function openPartySocket(
  port: number,
  { id, secret }: SignedIn,
  ears: PartyEars,
  number = 0,
): PartySocket {
  const address = Math.floor(number / socketsOfAnAddress);
  let socket: Socket;
  let rest: Buffer | undefined;
  let isWelcome = false;
  let isAgain = false;
  let hasEnded = false;

  function connect(): void {
    rest = undefined;
    socket = createConnection({
      port,
      host: '127.0.0.1',
      noDelay: true,
      ...(address > 0 && { localAddress: `127.0.1.${address}` }),
    });
    socket.on('connect', () => socket.write(connectBytes({ clientId: id, name: id, secret, keepAliveS })));
    socket.on('data', hear);
    // What counts is that it is closed.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      isWelcome = false;
      if (hasEnded) return;
      ears.lost?.();
      setTimeout(connect, comeBackAfterMs);
    });
  }

  function hear(chunk: Buffer): void {
    let bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    while (bytes.length >= 2) {
      const length = 2 + (bytes[1] ?? 0);
      if (bytes.length < length) break;
      if (bytes[0] === pubackType) ears.acknowledged(bytes.readUInt16BE(2));
      else if (bytes[0] === connackType) {
        if (bytes[3] !== 0) throw new Error(`${id} was refused: ${bytes.toString('hex', 0, 4)}`);
        isWelcome = true;
        ears.welcomed(isAgain);
        isAgain = true;
      }
      bytes = bytes.subarray(length);
    }
    rest = bytes.length === 0 ? undefined : bytes;
  }

  connect();
  return {
    write: (bytes) => void (isWelcome && socket.write(bytes)),
    isWelcome: () => isWelcome,
    drop: () => void socket.resetAndDestroy(),
    end() {
      hasEnded = true;
      socket.resetAndDestroy();
    },
  };
}
