import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { NewChannel } from '@carebell/contracts/channels.ts';
import { z } from 'zod';

const messageSchema = z.object({ mobile: z.string(), content: z.string(), uid: z.string() });

/** The telephones of those who are sent: a provider of short messages in this process, and what people do with the links in them. */
export type Phones = {
  channel(organisationId: string): NewChannel;
  /** The latest link that this number was sent. */
  linkFor(mobile: string): string | undefined;
  /** The link in the message that was sent for this offer to a provider. */
  offerLink(offerId: string): string | undefined;
  received(): number;
  close(): Promise<void>;
};

export async function openPhones(): Promise<Phones> {
  const links = new Map<string, string>();
  const offers = new Map<string, string>();
  let received = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const read = messageSchema.safeParse(jsonIn(Buffer.concat(chunks).toString('utf8')));
      if (!read.success) {
        response.writeHead(400).end();
        return;
      }
      received += 1;
      const { mobile, content, uid } = read.data;
      const [link, page] = /https?:\/\/\S+\/([rp])\/\S+/.exec(content) ?? [];
      if (link !== undefined && page === 'r') links.set(mobile, link);
      if (link !== undefined && page === 'p') offers.set(uid, link);
      response.end(JSON.stringify({ code: 0, data: { msgid: `m-${received}` } }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    channel: (organisationId) => ({
      organisationId,
      kind: 'sms',
      name: '演示短信',
      settings: {
        url: `http://127.0.0.1:${port}/send`,
        body: '{"mobile":"{phone}","content":"{text}","uid":"{id}"}',
        success: { path: 'code', equals: ['0'] },
        receiptPath: 'data.msgid',
      },
      secrets: {},
    }),
    linkFor: (mobile) => links.get(mobile),
    offerLink: (offerId) => offers.get(offerId),
    received: () => received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const tries = 40;
const pauseMs = 3_000;

/** The page behind a link of a responder or provider. */
export async function lookByLink(link: string): Promise<string> {
  return patiently(() => fetch(link));
}

/** Presses a button of the page behind a link. */
export async function pressByLink(link: string, said: Record<string, string>): Promise<void> {
  await patiently(() => fetch(link, { method: 'POST', body: new URLSearchParams(said), redirect: 'manual' }));
}

/** A page that is asked for too often is tried again: the month waits for it. */
async function patiently(ask: () => Promise<Response>): Promise<string> {
  for (let left = tries; ; left -= 1) {
    const answer = await ask();
    const text = await answer.text();
    if (answer.status !== 429 || left === 0) return text;
    await pause(pauseMs);
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
