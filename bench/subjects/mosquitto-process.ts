import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { connectMqtt } from '../load/mqtt-connection.ts';
import type { MqttConnection } from '../load/mqtt-connection.ts';

export type MosquittoProcess = {
  port: number;
  pid: number | undefined;
  /** Signs in with a session to keep, once it listens. */
  connect(id: string): Promise<MqttConnection>;
  end(): Promise<void>;
};

/** Mosquitto as it comes from the box, but that it keeps every message that waits for a subscriber. */
export async function startMosquitto(
  program: string,
  directory: string,
  further: readonly string[] = [],
): Promise<MosquittoProcess> {
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
    ...further,
  ];
  const file = join(directory, 'mosquitto.conf');
  writeFileSync(file, `${settings.join('\n')}\n`);
  const broker = spawn(program, ['-c', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  process.once('exit', () => broker.kill());
  const exited = once(broker, 'exit');
  return {
    port,
    pid: broker.pid,
    connect: (id) => connectWhenOpen(port, id),
    async end() {
      broker.kill();
      await exited;
    },
  };
}

async function connectWhenOpen(port: number, id: string): Promise<MqttConnection> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectMqtt(port, { id, secret: '' }, { isKept: true });
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
