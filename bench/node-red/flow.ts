import { buildTopic } from '@carebell/contracts/topics.ts';

export const onlineTopic = 'node-red/online';
export const screenPath = '/alarms';

export type FlowSetting = { mqttPort: number; eventsFile: string; alarmsFile: string };

/** What a press is in this flow; anything else ends in the file of the events. */
const makeAlarm = `
if (msg.payload.kind !== 'button.pressed') return null;
const deviceId = msg.topic.split('/')[3];
const id = deviceId + ' ' + msg.payload.id;
msg.payload = { alarm: { id, deviceId, kind: msg.payload.data.key, phase: 'raised', raisedAt: Date.now() } };
return msg;`;

/**
 * As somebody wires it in an afternoon, with the nodes that Node-RED brings: MQTT in → a line in a file → a function
 * that makes an alarm of a press → a line in a file → every WebSocket. The file nodes append and pass on what the
 * operating system has taken; nothing waits for the disk, and Node-RED has said PUBACK before it writes.
 */
export function flowOf({ mqttPort, eventsFile, alarmsFile }: FlowSetting): object[] {
  const place = { z: 'flow', x: 0, y: 0 };
  const file = { ...place, type: 'file', filenameType: 'str', appendNewline: true, overwriteFile: 'false' };
  return [
    { id: 'flow', type: 'tab', label: 'care' },
    {
      id: 'broker',
      type: 'mqtt-broker',
      broker: '127.0.0.1',
      port: String(mqttPort),
      clientid: 'node-red',
      autoConnect: true,
      protocolVersion: '4',
      keepalive: '60',
      cleansession: true,
      // It comes after the subscriptions, on the same connection: whoever hears it knows that the flow listens.
      birthTopic: onlineTopic,
      birthPayload: 'online',
      birthQos: '1',
      birthRetain: 'true',
    },
    { id: 'screens', type: 'websocket-listener', path: screenPath, wholemsg: 'false' },
    {
      ...place,
      id: 'heard',
      type: 'mqtt in',
      topic: buildTopic({ of: 'device', deviceId: '+', kind: 'event' }),
      qos: '1',
      datatype: 'json',
      broker: 'broker',
      wires: [['events']],
    },
    { ...file, id: 'events', filename: eventsFile, wires: [['press']] },
    { ...place, id: 'press', type: 'function', func: makeAlarm, outputs: 1, wires: [['alarms']] },
    { ...file, id: 'alarms', filename: alarmsFile, wires: [['shown']] },
    { ...place, id: 'shown', type: 'websocket out', server: 'screens', client: '', wires: [] },
  ];
}

/** Node-RED's own settings: no editor that costs memory, no news from its makers while it is measured. */
export const settingsModule = (flowFile: string): string => `module.exports = ${JSON.stringify({
  flowFile,
  uiHost: '127.0.0.1',
  disableEditor: true,
  httpAdminRoot: false,
  telemetry: { enabled: false, updateNotification: false },
  externalModules: { palette: { allowInstall: false }, modules: { allowInstall: false } },
  logging: { console: { level: 'warn', metrics: false, audit: false } },
})};
`;
