import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { connectMqtt } from '../load/mqtt-connection.ts';
import type { MqttConnection } from '../load/mqtt-connection.ts';
import { inventedPlace } from '../place.ts';
import type { Wanted } from '../place.ts';
import { openBareFeed } from './bare-feed.ts';
import { scratchDirectory } from './scratch-directory.ts';
import { serve } from './serve.ts';

const everyEvent = buildTopic({ of: 'device', deviceId: '+', kind: 'event' });

/**
 * Mosquitto with a subscriber, because without one it keeps nothing: for throughput a session that is away, whose queue
 * it must keep; for latency this process, which passes each press to Socket.IO.
 */
await serve(async (setting: { program: string; wanted: Wanted; isSavedOnChange: boolean }) => {
  const directory = scratchDirectory();
  const port = await freePort();
  const settings = [
    `listener ${port} 127.0.0.1`,
    `user ${userInfo().username}`,
    'allow_anonymous true',
    'set_tcp_nodelay true',
    'persistence true',
    `persistence_location ${directory}/`,
    'max_queued_messages 0',
    'log_type error',
    ...(setting.isSavedOnChange ? ['autosave_on_changes true', 'autosave_interval 1'] : []),
  ];
  const file = join(directory, 'mosquitto.conf');
  writeFileSync(file, `${settings.join('\n')}\n`);
  const broker = spawn(setting.program, ['-c', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  process.once('exit', () => broker.kill());
  const exited = once(broker, 'exit');
  const feed = await openBareFeed();
  const subscriber = await connectWhenOpen(port);
  await subscriber.subscribe(everyEvent, 1);
  if (setting.wanted.buttons === 0) await subscriber.close();
  else subscriber.onPublish(({ topic, payload }) => feed.published(topic, Buffer.from(payload)));

  return {
    place: inventedPlace(setting.wanted, port, feed.url),
    cpuMs: () => cpuMsOf(broker.pid),
    async end() {
      broker.kill();
      await exited;
      return { stored: null, refused: 0 };
    },
  };
});

async function connectWhenOpen(port: number): Promise<MqttConnection> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectMqtt(port, { id: 'archive', secret: '' }, { isKept: true });
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Fields 14 and 15 of proc(5)'s stat, in ticks of 10 ms; the name in field 2 may hold spaces. */
function cpuMsOf(pid: number | undefined): number | null {
  if (process.platform !== 'linux') return null;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
