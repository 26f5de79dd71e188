import type { BrokerConfig } from '@carebell/broker/compose.ts';
import type { Config } from './config.ts';

/** What the broker is told of the hub's settings. */
export function brokerConfig({ mqtt, tls }: Config, overrides: Partial<BrokerConfig> = {}): BrokerConfig {
  return {
    host: mqtt.host,
    tcpPort: mqtt.port,
    tls:
      tls && mqtt.tlsPort !== null
        ? { port: mqtt.tlsPort, cert: tls.cert, key: tls.key, ...(tls.ca === null ? {} : { ca: tls.ca }) }
        : null,
    ...overrides,
  };
}
