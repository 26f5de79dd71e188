import type { Accepted } from '@carebell/contracts/messages.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';

export type AcceptedPorts = {
  publish(message: { topic: string; payload: string; qos: 1; retain: false }): Promise<void>;
  troubled(event: string, error: unknown): void;
};

/** Tells gateways which events are stored. What one commit stored for a gateway goes out in one message. */
export function createAcceptedNotices({ publish, troubled }: AcceptedPorts) {
  let gathered = new Map<string, string[]>();

  function send(): void {
    const sending = gathered;
    gathered = new Map();
    for (const [gatewayId, ids] of sending) {
      const payload: Accepted = { ids };
      const topic = buildTopic({ of: 'gateway', gatewayId, kind: 'accepted' });
      // A gateway that misses this repeats the events, and is told again.
      publish({ topic, payload: JSON.stringify(payload), qos: 1, retain: false }).catch((error: unknown) =>
        troubled('accepted.send-failed', error),
      );
    }
  }

  return {
    add(gatewayId: string, eventId: string): void {
      if (gathered.size === 0) setImmediate(send);
      const ids = gathered.get(gatewayId);
      if (ids) ids.push(eventId);
      else gathered.set(gatewayId, [eventId]);
    },
  };
}
