import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { NewChannel } from '@carebell/contracts/channels.ts';
import type { ResponderReport } from '@carebell/contracts/notifications.ts';
import { z } from 'zod';

const messageSchema = z.object({ mobile: z.string(), content: z.string(), uid: z.string() });

/** The telephones of those who are sent: a provider of short messages in this process, and what people do with the links in them. */
export type Phones = {
  channel(organisationId: string): NewChannel;
  /** The latest link that this number was sent. */
  linkFor(mobile: string): string | undefined;
  received(): number;
  close(): Promise<void>;
};

export async function openPhones(): Promise<Phones> {
  const links = new Map<string, string>();
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
      const link = /https?:\/\/\S+\/r\/\S+/.exec(read.data.content)?.[0];
      if (link !== undefined) links.set(read.data.mobile, link);
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

/** Presses a button of the responder's page. A page that is asked for too often is tried again: the month waits for it. */
export async function reportByLink(link: string, report: ResponderReport): Promise<void> {
  for (let left = tries; ; left -= 1) {
    const answer = await fetch(link, {
      method: 'POST',
      body: new URLSearchParams({ report }),
      redirect: 'manual',
    });
    await answer.arrayBuffer();
    if (answer.status !== 429 || left === 0) return;
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
