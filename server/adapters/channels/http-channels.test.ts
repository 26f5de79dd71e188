import { createHash, createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Channel } from '../../notification/channel.ts';
import { makeCertificate, message, openFarEnd, soon } from './far-end-under-test.ts';
import { openGroupRobot } from './group-robots.ts';
import { openSmsGateway } from './sms-gateway.ts';
import { openWebhook } from './webhook.ts';

const now = () => 1_700_000_000_123;
const signing = 'a secret of the two of us';
const certificate = makeCertificate();
const gsm = { address: '+86 139-0013-9000' };

/** Every channel that speaks HTTP, with what a far end must answer for it to be content. */
const channels: Record<
  string,
  { open: (url: string, ca?: string) => Channel; content: (body: string) => string }
> = {
  webhook: {
    open: (url, ca) => openWebhook({ url, ca }, { signing }, now),
    content: (body) => createHash('sha256').update(body).digest('hex'),
  },
  wecom: {
    open: (url, ca) => openGroupRobot('wecom', { doesMention: true, ca }, { url }, now),
    content: () => '{"errcode":0,"errmsg":"ok"}',
  },
  dingtalk: {
    open: (url, ca) => openGroupRobot('dingtalk', { doesMention: true, ca }, { url, signing }, now),
    content: () => '{"errcode":0,"errmsg":"ok"}',
  },
  feishu: {
    open: (url, ca) => openGroupRobot('feishu', { doesMention: true, ca }, { url, signing }, now),
    content: () => '{"code":0,"msg":"success","data":{}}',
  },
  sms: {
    open: (url, ca) =>
      openSmsGateway(
        {
          method: 'POST',
          url,
          headers: {},
          body: '{"to":"{phone}","text":"{text}"}',
          success: { path: 'Code', equals: ['OK'] },
          ca,
        },
        {},
      ),
    content: () => '{"Code":"OK","BizId":"42"}',
  },
};

const troubles: [what: string, answer: (response: ServerResponse) => void, expected: object][] = [
  [
    'answers 500',
    (response) => void response.writeHead(500).end('boom'),
    {
      reason: 'server-failed',
      isWorthRetrying: true,
      isChannelsFault: true,
      answer: '500 boom',
    },
  ],
  [
    'refuses our credentials',
    (response) => void response.writeHead(403).end(),
    { reason: 'credentials-refused', isWorthRetrying: false, isChannelsFault: true },
  ],
  [
    'has had too many',
    (response) => void response.writeHead(429, { 'retry-after': '7' }).end(),
    {
      reason: 'rate-limited',
      isWorthRetrying: true,
      isChannelsFault: false,
      retryAfterMs: 7_000,
    },
  ],
  [
    'sends us elsewhere',
    (response) => void response.writeHead(302, { location: 'http://localhost:1/' }).end(),
    { reason: 'redirected' },
  ],
  [
    'never stops talking',
    (response) => {
      response.writeHead(200);
      const chunk = 'x'.repeat(16_384);
      const talk = (): void => {
        if (response.destroyed) return;
        if (response.write(chunk)) setImmediate(talk);
        else response.once('drain', talk);
      };
      talk();
    },
    { reason: 'answer-too-large' },
  ],
  ['hangs up', (response) => void response.destroy(), { reason: 'unreachable', isWorthRetrying: true }],
];

for (const [name, { open, content }] of Object.entries(channels)) {
  describe(`the ${name} channel`, () => {
    for (const [what, answer, expected] of troubles) {
      it(`says so when the other end ${what}`, async () => {
        const end = await openFarEnd((_, response) => answer(response));
        expect(await open(`${end.url}/hook`).send(message(gsm), soon())).toMatchObject({
          is: 'refused',
          ...expected,
        });
        expect(end.heard).toHaveLength(1);
        await end.close();
      });
    }

    it('says so when nobody answers in time', async () => {
      const end = await openFarEnd(() => undefined);
      const receipt = await open(`${end.url}/hook`).send(message(gsm), AbortSignal.timeout(50));
      expect(receipt).toMatchObject({ reason: 'timed-out', isWorthRetrying: true, isChannelsFault: true });
      await end.close();
    });

    it('says so when nobody is there', async () => {
      const end = await openFarEnd(() => undefined);
      await end.close();
      const channel = open(`${end.url}/hook`);
      const expected = { is: 'refused', reason: 'unreachable', answer: 'ECONNREFUSED' };
      expect(await channel.send(message(gsm), soon())).toMatchObject(expected);
      expect(await channel.probe(soon())).toMatchObject(expected);
    });

    it('trusts no certificate that nobody vouches for, and the one it is told to trust', async () => {
      const end = await openFarEnd(({ body }, response) => void response.end(content(body)), certificate);
      expect(await open(`${end.url}/hook`).send(message(gsm), soon())).toMatchObject({
        reason: 'tls-failed',
      });
      expect(end.heard).toEqual([]);
      const receipt = await open(`${end.url}/hook`, certificate.cert).send(message(gsm), soon());
      expect(receipt.is).not.toBe('refused');
      await end.close();
    });

    it('finds out by a probe that somebody is there again, and tells nobody anything', async () => {
      const end = await openFarEnd((_, response) => void response.writeHead(404).end());
      expect(await open(`${end.url}/hook`).probe(soon())).toMatchObject({ is: 'accepted' });
      expect(end.heard).toMatchObject([{ method: 'GET', url: '/', body: '' }]);
      await end.close();
    });
  });
}

describe('an end that is no server of TLS', () => {
  it('is a failure of TLS', async () => {
    const server = createServer((socket) => void socket.end('hello\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const channel = openWebhook({ url: `https://localhost:${port}/` }, { signing }, now);
    expect(await channel.send(message(), soon())).toMatchObject({ reason: 'tls-failed' });
    server.close();
  });
});

describe('what is sent', () => {
  let end: Awaited<ReturnType<typeof openFarEnd>>;
  let said = '';
  beforeAll(async () => {
    end = await openFarEnd((_, response) => void response.end(said));
  });
  afterAll(() => end.close());

  it('by webhook is signed over time and body, and proven by the digest', async () => {
    const channel = channels['webhook']!.open(`${end.url}/hook`);
    said = 'thank you';
    expect(await channel.send(message(), soon())).toMatchObject({ is: 'refused', reason: 'digest-mismatch' });
    const { headers, body } = end.heard.at(-1)!;
    expect(headers['carebell-timestamp']).toBe('1700000000123');
    const mac = createHmac('sha256', signing).update(`1700000000123.${body}`).digest('hex');
    expect(headers['carebell-signature']).toBe(`v1=${mac}`);
    expect(JSON.parse(body)).toMatchObject({ id: 'note1', alarm: { id: 'alarm1', kind: 'help' } });
    for (const form of [
      (hex: string) => hex,
      (hex: string) => `${hex.toUpperCase()}\n`,
      (hex: string) => JSON.stringify({ sha256: hex }),
    ]) {
      said = form(createHash('sha256').update(body).digest('hex'));
      expect(await channel.send(message(), soon())).toMatchObject({ is: 'delivered' });
    }
  });

  it('by WeCom is a text that mentions the number', async () => {
    said = channels['wecom']!.content('');
    await channels['wecom']!.open(`${end.url}/cgi-bin/webhook/send?key=k`).send(message(gsm), soon());
    const { url, body } = end.heard.at(-1)!;
    expect(url).toBe('/cgi-bin/webhook/send?key=k');
    expect(JSON.parse(body)).toEqual({
      msgtype: 'text',
      text: { content: message().text, mentioned_mobile_list: ['+8613900139000'] },
    });
    await channels['wecom']!.open(`${end.url}/`).send(message({ text: '急'.repeat(2_000) }), soon());
    const long = JSON.parse(end.heard.at(-1)!.body) as { text: { content: string } };
    expect(Buffer.byteLength(long.text.content)).toBe(2_046);
  });

  it('by DingTalk carries its signature in the address', async () => {
    said = channels['dingtalk']!.content('');
    await channels['dingtalk']!.open(`${end.url}/robot/send?access_token=t`).send(message(gsm), soon());
    const url = new URL(end.heard.at(-1)!.url, end.url);
    expect(url.searchParams.get('access_token')).toBe('t');
    expect(url.searchParams.get('timestamp')).toBe('1700000000123');
    const sign = createHmac('sha256', signing).update(`1700000000123\n${signing}`).digest('base64');
    expect(url.searchParams.get('sign')).toBe(sign);
    expect(JSON.parse(end.heard.at(-1)!.body)).toEqual({
      msgtype: 'text',
      text: { content: `${message().text}\n@+8613900139000` },
      at: { atMobiles: ['+8613900139000'], isAtAll: false },
    });
  });

  it('by Feishu carries its signature in the body', async () => {
    said = channels['feishu']!.content('');
    await channels['feishu']!.open(`${end.url}/open-apis/bot/v2/hook/x`).send(message(), soon());
    const sign = createHmac('sha256', `1700000000\n${signing}`).digest('base64');
    expect(JSON.parse(end.heard.at(-1)!.body)).toEqual({
      timestamp: '1700000000',
      sign,
      msg_type: 'text',
      content: { text: message().text },
    });
  });

  const codes: [robot: string, answer: string, expected: object][] = [
    [
      'wecom',
      '{"errcode":93000,"errmsg":"invalid webhook url"}',
      { reason: 'credentials-refused', isChannelsFault: true },
    ],
    [
      'wecom',
      '{"errcode":45009,"errmsg":"api freq out of limit"}',
      { reason: 'rate-limited', isWorthRetrying: true },
    ],
    ['wecom', '{"errcode":-1,"errmsg":"system busy"}', { reason: 'server-failed', isWorthRetrying: true }],
    ['dingtalk', '{"errcode":310000,"errmsg":"sign not match"}', { reason: 'credentials-refused' }],
    ['dingtalk', '{"errcode":130101,"errmsg":"send too fast"}', { reason: 'rate-limited' }],
    ['dingtalk', '{"errcode":430104,"errmsg":"x"}', { reason: 'message-refused', isChannelsFault: false }],
    ['feishu', '{"code":19021,"msg":"sign match fail"}', { reason: 'credentials-refused' }],
    ['feishu', '{"code":11232,"msg":"frequency limited"}', { reason: 'rate-limited' }],
    ['feishu', '{"StatusCode":0,"StatusMessage":"success"}', { is: 'accepted' }],
    ['feishu', '<html>captive portal</html>', { reason: 'answer-not-understood', isWorthRetrying: true }],
  ];
  for (const [robot, answer, expected] of codes) {
    it(`by ${robot} and answered with ${answer} is told from success`, async () => {
      said = answer;
      expect(await channels[robot]!.open(end.url).send(message(gsm), soon())).toMatchObject(expected);
    });
  }

  it('to an SMS gateway is escaped for its place: address, header, form, JSON', async () => {
    said = '{"Code":"OK","data":[{"id":7}]}';
    const nasty = message({ ...gsm, short: '5" & "漏水"\r\nX-Evil: 1' });
    const common = { success: { path: 'Code', equals: ['OK'] }, receiptPath: 'data.0.id' };
    const json = openSmsGateway(
      {
        ...common,
        method: 'POST',
        url: `${end.url}/send?key={secret.apiKey}`,
        headers: { 'X-Note': '{text}' },
        body: '{"to":"{phone}","text":"{text}"}',
        report: { idPath: 'id', statePath: 'state', delivered: ['DELIVRD'], failed: [], withinSeconds: 60 },
      },
      { apiKey: 'a&b' },
    );
    expect(await json.send(nasty, soon())).toMatchObject({
      is: 'accepted',
      receiptId: '7',
      reportWithinMs: 60_000,
    });
    expect(end.heard.at(-1)).toMatchObject({ url: '/send?key=a%26b' });
    expect(end.heard.at(-1)!.headers['x-note']).toBe('5" & ""X-Evil: 1');
    expect(JSON.parse(end.heard.at(-1)!.body)).toEqual({ to: '+8613900139000', text: nasty.short });
    const form = openSmsGateway(
      { ...common, method: 'POST', url: end.url, headers: {}, body: 'm={phone}&c={text}' },
      {},
    );
    await form.send(nasty, soon());
    expect(new URLSearchParams(end.heard.at(-1)!.body).get('c')).toBe(nasty.short);
    const get = openSmsGateway(
      { ...common, method: 'GET', url: `${end.url}/s?m={phone}&c={text}`, headers: {}, body: '' },
      {},
    );
    await get.send(nasty, soon());
    expect(new URL(end.heard.at(-1)!.url, end.url).searchParams.get('c')).toBe(nasty.short);
  });

  it('to an SMS gateway that says no is refused, and to no number is never sent', async () => {
    said = '{"Code":"isv.MOBILE_NUMBER_ILLEGAL"}';
    const sms = channels['sms']!.open(end.url);
    expect(await sms.send(message(gsm), soon())).toMatchObject({
      reason: 'message-refused',
      isChannelsFault: false,
    });
    const before = end.heard.length;
    expect(await sms.send(message({ address: '' }), soon())).toMatchObject({ reason: 'address-refused' });
    expect(end.heard).toHaveLength(before);
  });
});
