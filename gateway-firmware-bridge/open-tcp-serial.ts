import { connect } from 'node:net';
import { WireFailure } from './wire.ts';
import type { Wire, WireEvents } from './wire.ts';

const connectTimeoutMs = 10_000;
/** The kernel's own probes find a peer that is gone without a word, on a line that may be silent for hours. */
const probeAfterMs = 15_000;
const mostUnwritten = 64 * 1024;
const readBytes = 16 * 1024;

/** Connects to a serial port behind TCP (ser2net, esp-link): `tcp://host:port`, raw bytes. */
export function openTcpSerial(url: string, events: WireEvents): Promise<Wire> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname.replaceAll(/^\[|\]$/g, ''),
      port: Number(port),
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: probeAfterMs,
      // Read into one buffer: a stream's way, with 64 KB anew for each read, costs as much as decoding a frame.
      onread: {
        buffer: new Uint8Array(readBytes),
        callback(length, buffer) {
          if (!isEnded) events.bytes(buffer.slice(0, length));
          return true;
        },
      },
    });
    let isOpen = false;
    let isEnded = false;
    let reason = 'the other end closed the connection';
    socket.setTimeout(connectTimeoutMs, () =>
      socket.destroy(new Error(`no answer for ${connectTimeoutMs} ms`)),
    );

    socket.once('connect', () => {
      isOpen = true;
      socket.setTimeout(0);
      resolve({
        write(bytes) {
          if (socket.writableLength > mostUnwritten)
            socket.destroy(new Error('the other end takes no bytes'));
          else if (!isEnded) socket.write(bytes);
        },
        close() {
          isEnded = true;
          return new Promise((closed) => {
            if (socket.closed) closed();
            else socket.once('close', () => closed());
            socket.destroy();
          });
        },
      });
    });
    socket.on('error', (error) => {
      reason = error.message;
    });
    socket.on('close', () => {
      if (!isOpen) reject(new WireFailure('unreachable', `${url}: ${reason}`));
      else if (!isEnded) events.closed(reason);
      isEnded = true;
    });
  });
}
