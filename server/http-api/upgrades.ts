import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { mqttPath } from '@carebell/contracts/topics.ts';

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** WebSockets of the HTTP port: MQTT goes to the broker, the live feed finds its own, and nothing else is one. */
export function upgradeTo({ mqtt }: { mqtt: Upgrade }): Upgrade {
  return (request, socket, head) => {
    const path = request.url?.split('?', 1)[0];
    if (path === mqttPath) mqtt(request, socket, head);
    else if (!path?.startsWith(liveFeedPath)) socket.destroy();
  };
}
