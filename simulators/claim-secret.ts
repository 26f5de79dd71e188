import { claimPassword } from '@carebell/contracts/claim-code.ts';
import { claimMessageSchema } from '@carebell/contracts/claims.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';

export type Claimed =
  { ok: true; secret: string } | { ok: false; reason: 'refused' | 'unreachable' | 'silent'; detail: string };

const connectTimeoutMs = 10_000;

/** Signs in with a code as a new device or gateway does, and takes the secret that the hub hands out. */
export async function fetchSecret(
  hubUrl: string,
  { of = 'device', id, code }: { of?: 'device' | 'gateway'; id: string; code: string },
  waitMs: number,
): Promise<Claimed> {
  const topic = buildTopic(
    of === 'device' ? { of, deviceId: id, kind: 'claim' } : { of, gatewayId: id, kind: 'claim' },
  );
  const client = open(hubUrl, id, claimPassword(code));
  try {
    return await new Promise<Claimed>((resolve) => {
      const timer = setTimeout(
        () => resolve({ ok: false, reason: 'silent', detail: `${waitMs} ms` }),
        waitMs,
      );
      client.once('close', () => clearTimeout(timer));
      client.once('connect', () => client.subscribe(topic, { qos: 1 }));
      client.once('message', (_, payload) => {
        resolve({ ok: true, secret: claimMessageSchema.parse(JSON.parse(payload.toString())).secret });
      });
      client.once('error', (error) => resolve(endOf(error)));
    });
  } finally {
    await client.endAsync(true);
  }
}

/** The first log-in with it makes the secret the device's own, and uses the code up. */
export async function useSecret(
  hubUrl: string,
  { id, secret }: { id: string; secret: string },
): Promise<Claimed> {
  const client = open(hubUrl, id, secret);
  try {
    return await new Promise<Claimed>((resolve) => {
      client.once('connect', () => resolve({ ok: true, secret }));
      client.once('error', (error) => resolve(endOf(error)));
    });
  } finally {
    await client.endAsync();
  }
}

function open(hubUrl: string, id: string, password: string): MqttClient {
  return connect(hubUrl, {
    clientId: id,
    username: id,
    password,
    protocolVersion: 4,
    clean: true,
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: 0,
  });
}

/** MQTT 3.1.1 return codes are numbers; errors of the socket carry the system's name of the error. */
function endOf(error: Error & { code?: unknown }): Claimed {
  return typeof error.code === 'number'
    ? { ok: false, reason: 'refused', detail: String(error.code) }
    : {
        ok: false,
        reason: 'unreachable',
        detail: typeof error.code === 'string' ? error.code : error.message,
      };
}
