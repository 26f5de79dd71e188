import { flushCompileCache } from 'node:module';
import { compose } from '../compose.ts';
import type { BridgeConfig } from '../config.ts';
import { lockDataDir } from '../data-dir-lock.ts';
import type { OpenWire } from '../wire.ts';
import { exitCodes, untilInterrupted } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';

/** The bridge at work, until it is interrupted; its log is lines of JSON. */
export async function runBridge(config: BridgeConfig, openWire: OpenWire, desk: Desk): Promise<ExitCode> {
  const { texts, clock, print } = desk;
  const lock = await lockDataDir(config.dataDir);
  const bridge = compose(config, { clock, openWire });
  try {
    await bridge.start();
    // At once and not at the end, which a power cut does not have: what the type stripper need not do again is 30 MB less.
    flushCompileCache();
    desk.onReload(bridge.reload);
    const ports = config.ports.map(({ name, path }) => `${name} (${path})`).join(', ');
    print(texts.running(ports, config.hub.url, config.hub.gatewayId));
    await untilInterrupted(desk);
  } finally {
    await bridge.stop();
    lock.release();
  }
  return exitCodes.ended;
}
