import type { BrokerConfig, TlsMaterial } from '@carebell/broker/compose.ts';
import type { TlsTexts } from './certificates/tls-files.ts';
import type { Config } from './config.ts';

/** What the broker is told of the hub's settings. */
export function brokerConfig({ mqtt, tls }: Config, overrides: Partial<BrokerConfig> = {}): BrokerConfig {
  return {
    host: mqtt.host,
    tcpPort: mqtt.port,
    tls:
      tls && mqtt.tlsPort !== null ? { port: mqtt.tlsPort, clients: tls.clients, ...tlsMaterial(tls) } : null,
    ...overrides,
  };
}

export function tlsMaterial({ cert, key, ca, revoked }: TlsTexts): TlsMaterial {
  return { cert, key, revoked: [...revoked], ...(ca === null ? {} : { ca }) };
}
