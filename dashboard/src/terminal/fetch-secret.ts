import type { IClientOptions, MqttClient } from 'mqtt';
import {
  bareClaimCode,
  claimAlphabet,
  claimCodeLength,
  claimPassword,
} from '@carebell/contracts/claim-code.ts';
import { claimMessageSchema } from '@carebell/contracts/claims.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';

export type SecretFetched =
  { ok: true; secret: string } | { ok: false; reason: 'refused' | 'unreachable' | 'no-answer' };

const withinMs = 15_000;

/** The code in what somebody typed, if it is one and not a secret. */
export function codeIn(typed: string): string | undefined {
  const code = bareClaimCode(typed);
  const isCode =
    code.length === claimCodeLength && code.split('').every((letter) => claimAlphabet.includes(letter));
  return isCode ? code : undefined;
}

/** Fetches the secret of a device with the code that an installer has made for it. */
export function fetchSecret(
  { url, deviceId, code }: { url: string; deviceId: string; code: string },
  connect: (url: string, options: IClientOptions) => MqttClient,
): Promise<SecretFetched> {
  return new Promise((resolve) => {
    const topic = buildTopic({ of: 'device', deviceId, kind: 'claim' });
    const client = connect(url, {
      clientId: deviceId,
      username: deviceId,
      password: claimPassword(code),
      protocolVersion: 4,
      clean: true,
      connectTimeout: 8_000,
      reconnectPeriod: 0,
      timerVariant: 'native',
    });
    const end = (fetched: SecretFetched) => {
      clearTimeout(overdue);
      client.end(true);
      resolve(fetched);
    };
    const overdue = setTimeout(() => end({ ok: false, reason: 'no-answer' }), withinMs);
    client.on('connect', () => client.subscribe(topic, { qos: 1 }));
    client.on('error', (error) => {
      const isRefused = 'code' in error && (error.code === 4 || error.code === 5);
      end({ ok: false, reason: isRefused ? 'refused' : 'unreachable' });
    });
    client.on('close', () => end({ ok: false, reason: 'unreachable' }));
    client.on('message', (_, payload) => {
      const message = claimMessageSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
      end(message.success ? { ok: true, secret: message.data.secret } : { ok: false, reason: 'no-answer' });
    });
  });
}
