import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NewChannel } from '@carebell/contracts/channels.ts';

export type ShortMessage = { mobile: string; content: string; uid: string };

/** A provider of short messages: takes them, can be told to fail, and calls back that one was delivered. */
export async function openFarSmsGateway() {
  const messages: ShortMessage[] = [];
  let isFailing = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      if (isFailing || request.method !== 'POST') {
        response.writeHead(isFailing ? 500 : 405).end();
        return;
      }
      const message = JSON.parse(Buffer.concat(chunks).toString('utf8')) as ShortMessage;
      messages.push(message);
      response.end(JSON.stringify({ code: 0, data: { msgid: `m-${messages.length}` } }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    messages,
    fail: (whether: boolean) => void (isFailing = whether),
    channel: (organisationId: string): NewChannel => ({
      organisationId,
      kind: 'sms',
      name: '区短信网关',
      settings: {
        url: `http://127.0.0.1:${port}/send`,
        body: '{"mobile":"{phone}","content":"{text}","uid":"{id}"}',
        success: { path: 'code', equals: ['0'] },
        receiptPath: 'data.msgid',
        report: { idPath: 'msgid', statePath: 'status', delivered: ['DELIVRD'], failed: ['UNDELIV'] },
      },
      secrets: {},
    }),
    /** Calls back at this address of the hub. */
    async reportDelivered(reportUrl: string, message: ShortMessage): Promise<number> {
      const body = JSON.stringify({ msgid: `m-${messages.indexOf(message) + 1}`, status: 'DELIVRD' });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(reportUrl, { method: 'POST', headers, body })).status;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
