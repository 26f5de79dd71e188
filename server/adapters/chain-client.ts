import { buildTopic } from '@carebell/contracts/topics.ts';
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { Config } from '../config.ts';

export type ChainClient = { publish(payload: object): void; end(): Promise<void> };

/** The hub as a device of its own broker: a real connection through a real port. */
export function connectChainClient(options: {
  host: string;
  port: number;
  account: { id: string; secret: string };
  troubled(event: string, error: unknown): void;
}): ChainClient {
  const { account, troubled } = options;
  const topic = buildTopic({ of: 'device', deviceId: account.id, kind: 'event' });
  const client: MqttClient = connect({
    protocol: 'mqtt',
    host: isAnyAddress(options.host) ? '127.0.0.1' : options.host,
    port: options.port,
    clientId: account.id,
    username: account.id,
    password: account.secret,
    keepalive: 30,
    reconnectPeriod: 1_000,
    // Or the library would keep the bytes of every packet identifier at hand, 7 MB of them, for the broker too.
    writeCache: false,
    // One that was not delivered is overdue, and another follows it.
    queueQoSZero: false,
  });
  client.on('error', (error) => troubled('chain.client-failed', error));
  return {
    publish(payload) {
      client.publish(topic, JSON.stringify(payload), { qos: 1 }, (error) => {
        if (error) troubled('chain.publish-failed', error);
      });
    },
    end: () => client.endAsync(true),
  };
}

/** Through what stands in front of the hub, if somebody says so; else at its own port. */
export function chainAddress(
  { mqtt, chainAt }: Pick<Config, 'mqtt' | 'chainAt'>,
  ownPort: number | null,
): { host: string; port: number } {
  return chainAt ?? { host: mqtt.host, port: ownPort ?? 0 };
}

function isAnyAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '';
}
