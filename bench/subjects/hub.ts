import { compose, readConfig } from '@carebell/server/compose.ts';
import type { Wanted } from '../place.ts';
import { openRegister } from './register.ts';
import { scratchDirectory } from './scratch-directory.ts';
import { serve } from './serve.ts';

const adminPassword = 'a password for the bench';
/** The limits of one account stand in nobody's way when one sensor speaks for a street of them. */
const noRate = { perSecond: 1_000_000, burst: 1_000_000 };

/** The hub as `npm start` runs it, but for the event rate of one account, with every device registered through the API. */
await serve(async ({ wanted }: { wanted: Wanted }) => {
  const dataDir = scratchDirectory();
  const config = readConfig({
    CAREBELL_DATA_DIR: dataDir,
    CAREBELL_HTTP_PORT: '0',
    CAREBELL_MQTT_PORT: '0',
    CAREBELL_ADMIN_PASSWORD: adminPassword,
    CAREBELL_LOG_LEVEL: 'error',
  });
  const hub = await compose(config, { broker: { limits: { rate: { device: noRate, gateway: noRate } } } });
  await hub.start();
  const { http, mqtt } = hub.addresses();
  if (http === null || mqtt === null) throw new Error('the hub opened no ports');
  const url = `http://127.0.0.1:${http}`;
  const register = await openRegister(url, adminPassword);
  const accounts = await register.enter(wanted);

  return {
    place: { mqttPort: mqtt, feed: { url, cookie: register.cookie }, ...accounts },
    async end() {
      const ledger = await register.ledger();
      await hub.stop();
      return ledger;
    },
  };
});
