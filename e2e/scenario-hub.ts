import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, readConfig } from '@carebell/server/compose.ts';
import type { Overrides } from '@carebell/server/compose.ts';
import { logIn } from './api.ts';
import type { Api } from './api.ts';

/** A whole hub in this process, on free ports and a data directory of its own. */
export type ScenarioHub = {
  url: string;
  mqttPort: number;
  mqttTlsPort: number | null;
  dataDir: string;
  admin: Api;
  /** Stops the hub and starts another on the same data, on other ports. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const adminPassword = randomBytes(12).toString('base64url');

export async function startHub(
  overrides: Overrides = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<ScenarioHub> {
  const dataDir = mkdtempSync(join(tmpdir(), 'carebell-e2e-'));
  const config = readConfig({
    CAREBELL_DATA_DIR: dataDir,
    CAREBELL_HTTP_PORT: '0',
    CAREBELL_MQTT_PORT: '0',
    CAREBELL_ADMIN_PASSWORD: adminPassword,
    CAREBELL_LOG_LEVEL: process.env['CAREBELL_TEST_LOG'] ?? 'silent',
    ...settings,
  });
  let running = await start();

  async function start() {
    const composed = await compose(config, overrides);
    await composed.start();
    const { http, mqtt, mqttTls } = composed.addresses();
    if (http === null || mqtt === null) throw new Error('the hub opened no ports');
    const url = `${config.tls ? 'https' : 'http'}://127.0.0.1:${http}`;
    return {
      composed,
      url,
      mqttPort: mqtt,
      mqttTlsPort: mqttTls,
      admin: await logIn(url, 'admin', adminPassword),
    };
  }

  return {
    get url() {
      return running.url;
    },
    get mqttPort() {
      return running.mqttPort;
    },
    get mqttTlsPort() {
      return running.mqttTlsPort;
    },
    get admin() {
      return running.admin;
    },
    dataDir,
    async restart() {
      await running.composed.stop();
      running = await start();
    },
    async stop() {
      await running.composed.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
