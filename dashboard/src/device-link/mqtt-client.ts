import type { IClientOptions, MqttClient } from 'mqtt';

export type Connect = (url: string, options: IClientOptions) => MqttClient;

/** MQTT.js as its browser build has it (one default export), though its types name the parts. */
export async function loadConnect(): Promise<Connect> {
  const loaded: { default?: { connect?: Connect }; connect?: Connect } = await import('mqtt');
  const connect = loaded.default?.connect ?? loaded.connect;
  if (connect === undefined) throw new Error('MQTT.js has no connect');
  return connect;
}
