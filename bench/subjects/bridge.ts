import { once } from 'node:events';
import { compose } from '@carebell/gateway-firmware-bridge/compose.ts';
import { scratchDirectory } from './scratch-directory.ts';

export type BridgeSetting = { mqttPort: number; serialPort: number };
export type FromBridge =
  { type: 'ready' } | { type: 'used'; cpuMs: number; rssMb: number } | { type: 'ended' };

process.once('disconnect', () => process.exit(1));
const [{ mqttPort, serialPort }] = (await once(process, 'message')) as [BridgeSetting];
const bridge = compose({
  hub: { url: `mqtt://127.0.0.1:${mqttPort}`, gatewayId: 'gateway', secret: 'a secret' },
  ports: [{ name: 'radio', path: `tcp://127.0.0.1:${serialPort}`, driver: 'rflink', options: {} }],
  dataDir: scratchDirectory(),
  outbox: { maxBytes: 64 * 1024 * 1024 },
  logLevel: 'error',
});
await bridge.start();
say({ type: 'ready' });
process.on('message', (message) => void answer(message as { type: 'use' | 'end' }));

async function answer({ type }: { type: 'use' | 'end' }): Promise<void> {
  if (type === 'end') {
    await bridge.stop();
    say({ type: 'ended' });
    return;
  }
  const { user, system } = process.cpuUsage();
  say({ type: 'used', cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 1024 / 1024 });
}

function say(message: FromBridge): void {
  process.send?.(message);
}
