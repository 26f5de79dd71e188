import type { ComposedBroker } from '@carebell/broker/compose.ts';
import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import type { Clock } from '../clock.ts';
import { createAcceptedNotices } from '../ingest/accepted.ts';
import type { Gate } from '../journal/gate.ts';
import { createCommandOutbox } from './command-outbox.ts';
import type { WaitingCommand } from './command-store.ts';
import { createDeviceLists } from './device-lists.ts';
import type { Directory } from './directory.ts';

export type OutletPorts = {
  gate: Gate;
  clock: Clock;
  directory: Directory;
  broker: Pick<ComposedBroker, 'publish' | 'isConnected'>;
  readWaiting(deviceId: string): Promise<WaitingCommand[]>;
  recordRefusal(refusal: { reason: RefusalReason; subject: string; sample?: string }): void;
  troubled(event: string, error: unknown): void;
};

/** All that the hub says to devices and gateways by itself. */
export function openDeviceOutlets(ports: OutletPorts) {
  const { gate, clock, directory, broker, readWaiting, recordRefusal, troubled } = ports;
  const outbox = createCommandOutbox({
    gate,
    clock,
    publish: broker.publish,
    isReachable: (deviceId) => {
      const { kind, id } = directory.speakerFor(deviceId);
      return broker.isConnected(kind, id);
    },
    readWaiting,
    troubled,
  });
  gate.listen({ committed: ({ commands }) => outbox.committed(commands) });
  return {
    outbox,
    accepted: createAcceptedNotices({ publish: broker.publish, troubled }),
    deviceLists: createDeviceLists({
      directory,
      clock,
      publish: broker.publish,
      isConnected: (gatewayId) => broker.isConnected('gateway', gatewayId),
      recordRefusal,
      troubled,
    }),
  };
}
