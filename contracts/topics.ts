/** Everything that has a topic of wire contract version 1. The keys are the last levels of the topics. */
const deviceTopicKinds = ['event', 'reading', 'availability', 'command', 'command/result', 'claim'] as const;
const gatewayTopicKinds = ['availability', 'health', 'accepted', 'devices', 'claim'] as const;

export type DeviceTopicKind = (typeof deviceTopicKinds)[number];
export type GatewayTopicKind = (typeof gatewayTopicKinds)[number];

/** A topic of the wire contract, parsed. */
export type Topic =
  | { of: 'device'; deviceId: string; kind: DeviceTopicKind }
  | { of: 'gateway'; gatewayId: string; kind: GatewayTopicKind };

const root = 'carebell/v1/';
const idPattern = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/;
const deviceKindSet: ReadonlySet<string> = new Set(deviceTopicKinds);
const gatewayKindSet: ReadonlySet<string> = new Set(gatewayTopicKinds);

/** Builds the topic that {@link parseTopic} reads back. The identifier is not checked here: it was parsed at the edge. */
export function buildTopic(topic: Topic): string {
  return topic.of === 'device'
    ? `${root}devices/${topic.deviceId}/${topic.kind}`
    : `${root}gateways/${topic.gatewayId}/${topic.kind}`;
}

/** Reads a topic of the contract; `undefined` for any other topic, wildcards included. */
export function parseTopic(topic: string): Topic | undefined {
  if (!topic.startsWith(root)) return undefined;
  const branchEnd = topic.indexOf('/', root.length);
  if (branchEnd < 0) return undefined;
  const idEnd = topic.indexOf('/', branchEnd + 1);
  if (idEnd < 0) return undefined;
  const branch = topic.slice(root.length, branchEnd);
  const id = topic.slice(branchEnd + 1, idEnd);
  const kind = topic.slice(idEnd + 1);
  if (!idPattern.test(id)) return undefined;
  if (branch === 'devices' && deviceKindSet.has(kind)) {
    return { of: 'device', deviceId: id, kind: kind as DeviceTopicKind };
  }
  if (branch === 'gateways' && gatewayKindSet.has(kind)) {
    return { of: 'gateway', gatewayId: id, kind: kind as GatewayTopicKind };
  }
  return undefined;
}

/** The topic kinds of devices and gateways, for tables that must enumerate all of them. */
export const topicKinds = { device: deviceTopicKinds, gateway: gatewayTopicKinds };

/** MQTT is served over WebSocket at this path of the HTTP port. */
export const mqttPath = '/mqtt';
