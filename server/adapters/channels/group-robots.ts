import { createHmac } from 'node:crypto';
import type { ChannelSecrets, ChannelSettings } from '@carebell/contracts/channels.ts';
import type { NotificationReason } from '@carebell/contracts/notifications.ts';
import type { Channel, ChannelMessage } from '../../notification/channel.ts';
import { exchange, probeUrl, refused } from './http-exchange.ts';

type RobotKind = 'wecom' | 'dingtalk' | 'feishu';
type RobotCall = { url: string; body: object };
type Robot = {
  call(
    message: ChannelMessage,
    mentioned: readonly string[],
    secrets: ChannelSecrets<RobotKind>,
    nowMs: number,
  ): RobotCall;
  /** The field of the answer that holds the code, 0 for success. */
  codeField: 'errcode' | 'code';
  reasons: Readonly<Record<number, NotificationReason>>;
};

/** The robots of group chats, by the documents of their providers (WeCom 91770, DingTalk "custom robot", Feishu "custom bot"). */
const robots: Record<RobotKind, Robot> = {
  wecom: {
    call: (message, mentioned, { url }) => ({
      url,
      body: {
        msgtype: 'text',
        // 2,048 bytes at most, which is 682 Chinese characters.
        text: {
          content: fitBytes(message.text, 2_048),
          ...(mentioned.length > 0 ? { mentioned_mobile_list: mentioned } : {}),
        },
      },
    }),
    codeField: 'errcode',
    reasons: {
      [-1]: 'server-failed',
      45009: 'rate-limited',
      45033: 'rate-limited',
      93000: 'credentials-refused',
      40058: 'message-refused',
    },
  },
  dingtalk: {
    call: (message, mentioned, { url, signing }, nowMs) => ({
      url: signing === undefined ? url : withDingTalkSignature(url, signing, nowMs),
      body: {
        msgtype: 'text',
        // A number is mentioned only if it also stands in the text.
        text: {
          content: [fitBytes(message.text, 18_000), ...mentioned.map((phone) => `@${phone}`)].join('\n'),
        },
        at: { atMobiles: mentioned, isAtAll: false },
      },
    }),
    codeField: 'errcode',
    reasons: {
      [-1]: 'server-failed',
      130101: 'rate-limited',
      410100: 'rate-limited',
      90030: 'rate-limited',
      310000: 'credentials-refused',
      300001: 'credentials-refused',
      300005: 'credentials-refused',
      400101: 'credentials-refused',
      400102: 'channel-unusable',
      400013: 'channel-unusable',
      430101: 'message-refused',
      430102: 'message-refused',
      430103: 'message-refused',
      430104: 'message-refused',
    },
  },
  feishu: {
    call: (message, _mentioned, { url, signing }, nowMs) => ({
      url,
      body: {
        ...(signing === undefined ? {} : feishuSignature(signing, nowMs)),
        msg_type: 'text',
        content: { text: fitBytes(message.text, 18_000) },
      },
    }),
    codeField: 'code',
    reasons: {
      9499: 'message-refused',
      11232: 'rate-limited',
      19001: 'credentials-refused',
      19021: 'credentials-refused',
      19022: 'credentials-refused',
      19024: 'credentials-refused',
    },
  },
};

export function openGroupRobot(
  kind: RobotKind,
  settings: ChannelSettings<RobotKind>,
  secrets: ChannelSecrets<RobotKind>,
  now: () => number,
): Channel {
  const robot = robots[kind];
  return {
    async send(message, signal) {
      const phone = message.address.replaceAll(/[^\d+]/g, '');
      const mentioned = settings.doesMention && phone !== '' ? [phone] : [];
      const { url, body } = robot.call(message, mentioned, secrets, now());
      const answer = await exchange(
        {
          method: 'POST',
          url,
          ca: settings.ca,
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json; charset=utf-8' },
        },
        signal,
      );
      if (!('ok' in answer)) return answer;
      const code = codeIn(answer.text, robot.codeField);
      if (code === undefined) return refused('answer-not-understood', answer.text);
      if (code !== 0) return refused(robot.reasons[code] ?? 'message-refused', answer.text);
      return {
        is: 'accepted',
        receiptId: message.id,
        reportWithinMs: null,
        answer: answer.text.slice(0, 500),
      };
    },
    probe: (signal) => probeUrl(secrets.url, settings.ca, signal),
  };
}

/** base64(HMAC-SHA256(key = secret, timestamp + "\n" + secret)), in the address. */
function withDingTalkSignature(url: string, secret: string, nowMs: number): string {
  const signed = new URL(url);
  signed.searchParams.set('timestamp', String(nowMs));
  signed.searchParams.set(
    'sign',
    createHmac('sha256', secret).update(`${nowMs}\n${secret}`).digest('base64'),
  );
  return signed.href;
}

/** base64(HMAC-SHA256(key = timestamp + "\n" + secret, nothing)), in the body, with the time in seconds. */
function feishuSignature(secret: string, nowMs: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(nowMs / 1_000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
}

function codeIn(text: string, field: 'errcode' | 'code'): number | undefined {
  try {
    const answer = JSON.parse(text) as Record<string, unknown> | null;
    // Feishu's older robots answer with StatusCode.
    const code = answer?.[field] ?? answer?.['StatusCode'];
    return typeof code === 'number' ? code : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function fitBytes(text: string, atMost: number): string {
  let fitting = text;
  while (Buffer.byteLength(fitting) > atMost) fitting = fitting.slice(0, -1);
  return fitting;
}
