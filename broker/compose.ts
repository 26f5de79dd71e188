import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createBroker } from './broker.ts';
import type { BrokerCounts, HubMessage } from './broker.ts';
import { brokerConfigSchema } from './config.ts';
import type { BrokerConfig, TlsMaterial } from './config.ts';
import { createInlets } from './inlets.ts';
import type { AccountKind, BrokerPorts, Timer } from './ports.ts';

export { hashSecret, matchesSecret } from './authenticate.ts';
export { brokerConfigSchema } from './config.ts';
export type { BrokerConfig, TlsMaterial } from './config.ts';
export type { BrokerCounts, HubMessage } from './broker.ts';
export type {
  Account,
  AccountKind,
  BrokerPorts,
  ClaimPort,
  DeviceHome,
  IntakeVerdict,
  PartyKind,
  PresenceCause,
  PresenceChange,
  Publication,
  Refusal,
  Timer,
} from './ports.ts';

export type ComposedBroker = {
  /** Opens the ports when everything behind them is ready. Rejects when a port cannot be had. */
  start: () => Promise<void>;
  /** Closes the ports, lets what is in flight be acknowledged, closes every connection. */
  stop: () => Promise<void>;
  /** The ports in use, `null` where none is open. */
  addresses: () => { tcp: number | null; tls: number | null };
  /** For the `upgrade` of the HTTP server at `/mqtt`. */
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Sends to whoever is subscribed now. Nothing is queued for those who are away. */
  publish: (message: HubMessage) => Promise<void>;
  isConnected: (of: AccountKind, id: string) => boolean;
  /** Closes every connection of an account, for example when its secret was renewed. */
  disconnect: (of: AccountKind, id: string, reason: string) => void;
  /** Another certificate, authority or list of revoked ones; connections that stand stay, except those of revoked ones. */
  renewTls: (material: TlsMaterial) => void;
  counts: () => BrokerCounts;
};

/** Puts the broker together. It listens to nothing before `start`. Throws a `ZodError` for a config out of range. */
export function compose(config: BrokerConfig, ports: BrokerPorts): ComposedBroker {
  const settings = brokerConfigSchema.parse(config);
  const broker = createBroker(settings, ports, ports.after ?? nodeTimer);
  const inlets = createInlets({ settings, accept: broker.accept, recordRefusal: broker.recordRefusal });
  return {
    start: async () => {
      await broker.start();
      try {
        await inlets.open();
      } catch (error) {
        await broker.stop();
        throw error;
      }
    },
    stop: async () => {
      const closed = inlets.close();
      await broker.stop();
      await Promise.all(closed);
    },
    addresses: inlets.addresses,
    handleUpgrade: inlets.handleUpgrade,
    publish: broker.publish,
    isConnected: broker.isConnected,
    disconnect: broker.disconnect,
    renewTls: (material) => broker.closeRevoked(inlets.renewTls(material)),
    counts: broker.counts,
  };
}

const nodeTimer: Timer = (delayMs, callback) => {
  const timer = setTimeout(callback, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
};
