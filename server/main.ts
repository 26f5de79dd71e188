import { BadSettings, compose, readConfig, version } from './compose.ts';
import type { Config, Hub } from './compose.ts';
import { openMovedClock } from './demo-clock/moved-clock.ts';
import type { MovedClock } from './demo-clock/moved-clock.ts';
import { tryOut } from './try-out.ts';

if (process.argv.includes('--version')) {
  console.log(version);
  process.exit(0);
}
if (process.argv.includes('--try')) {
  await tryOut();
  console.log(`安铃 Carebell ${version}: 试运行正常 / starts and stops here`);
  process.exit(0);
}
// What the hub writes is for its own user alone, whatever the shell that started it says.
process.umask(0o077);
const config = readSettings();
const moved = readClock(config);
const hub = await open(config);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(hub));
// A demo starts the hub as its child; without this a demo that is killed would leave the hub behind.
if (process.send) {
  if (!process.connected) await stop(hub);
  process.once('disconnect', () => void stop(hub));
}
await listen(hub, config);
moved?.obey(hub);

function readSettings(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (error instanceof BadSettings) fail(error.message);
    throw error;
  }
}

function readClock(settings: Config): MovedClock | null {
  const read = openMovedClock(settings, process);
  if (read !== null && 'refusal' in read) fail(read.refusal);
  return read;
}

async function open(settings: Config): Promise<Hub> {
  try {
    return await compose(settings, moved?.overrides);
  } catch (error) {
    if (error instanceof Error && 'code' in error) fail(`cannot start: ${error.message}`);
    throw error;
  }
}

async function listen(opened: Hub, settings: Config): Promise<void> {
  try {
    await opened.start();
  } catch (error) {
    await opened.stop();
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (isTaken)
      fail(
        `cannot start: ${error.message}. Stop what uses the port, or set CAREBELL_HTTP_PORT or CAREBELL_MQTT_PORT.`,
      );
    throw error;
  }
  if (settings.isDemo) return;
  const { http, mqtt } = opened.addresses();
  console.log(
    `安铃 Carebell  ${settings.tls ? 'https' : 'http'}://${settings.http.host}:${http}  MQTT ${settings.mqtt.host}:${mqtt}`,
  );
  if (opened.generatedDataKey !== null) {
    console.log(
      `个人信息加密密钥，请另行备份 / personal data are sealed by this key; keep a copy elsewhere, no back-up holds it: ${opened.generatedDataKey}`,
    );
  }
  if (opened.generatedAdminPassword !== null) {
    console.log(
      `用户 admin 的初始密码（仅显示一次） / password of the user admin, shown once: ${opened.generatedAdminPassword}`,
    );
  }
}

async function stop(running: Hub): Promise<void> {
  await running.stop();
  process.exit(0);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
