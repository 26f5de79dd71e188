import { readFileSync } from 'node:fs';
import type { ComposedBroker } from '@carebell/broker/compose.ts';
import type { Logger } from 'pino';
import { tlsMaterial } from '../broker-config.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { CarebellApp } from '../http-api/app-types.ts';
import { watchCertificates } from './certificate-watch.ts';

export type CertificatePorts = {
  clock: Pick<Clock, 'every'>;
  app: CarebellApp;
  broker: Pick<ComposedBroker, 'renewTls'>;
  log: Logger;
};

/** HTTPS and MQTT over TLS take up a renewed certificate; connections that stand are not touched. */
export function keepCertificates(
  tls: Config['tls'],
  { clock, app, broker, log }: CertificatePorts,
): { stop(): void } {
  if (tls === null) return { stop: () => undefined };
  const { files, cert, key, ca, revoked } = tls;
  return watchCertificates(
    {
      files,
      read: (path) => readFileSync(path, 'utf8'),
      clock,
      renew(renewed) {
        if ('setSecureContext' in app.server && typeof app.server.setSecureContext === 'function')
          app.server.setSecureContext({ cert: renewed.cert, key: renewed.key });
        broker.renewTls(tlsMaterial(renewed));
      },
      told: (event, details) => log[event === 'tls.renewed' ? 'info' : 'warn'](details, event),
    },
    { cert, key, ca, revoked },
  );
}
