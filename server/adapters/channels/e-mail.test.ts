import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { openEMail } from './e-mail.ts';
import { makeCertificate, message, soon } from './far-end-under-test.ts';

const certificate = makeCertificate();
const open: { close(done: () => void): void }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise<void>((resolve) => server.close(resolve));
});

async function openMailServer(options: SMTPServerOptions = {}) {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    ...certificate,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return { port: (server.server.address() as AddressInfo).port, mails };
}

const to = { address: 'wang.ming@example.org' };
const settings = {
  host: 'localhost',
  security: 'starttls' as const,
  userName: '',
  from: '安铃 <hub@example.org>',
  ca: certificate.cert,
};

describe('an e-mail', () => {
  for (const security of ['none', 'starttls', 'tls'] as const) {
    it(`reaches the mail server by ${security}`, async () => {
      const { port, mails } = await openMailServer({ secure: security === 'tls' });
      const channel = openEMail({ ...settings, port, security }, {});
      expect(await channel.send(message(to), soon())).toMatchObject({
        is: 'accepted',
        receiptId: '<note1@example.org>',
        reportWithinMs: null,
      });
      expect(mails[0]).toContain('To: wang.ming@example.org');
      expect(mails[0]).toContain('Auto-Submitted: auto-generated');
      expect(mails[0]).toMatch(/^Message-ID: <note1@example\.org>/im);
      expect(await channel.probe(soon())).toMatchObject({ is: 'accepted' });
      expect(mails).toHaveLength(1);
    });
  }

  it('is not sent in the clear to a server without TLS when TLS is asked for', async () => {
    const { port, mails } = await openMailServer({ disabledCommands: ['STARTTLS'] });
    const receipt = await openEMail({ ...settings, port }, {}).send(message(to), soon());
    expect(receipt).toMatchObject({ is: 'refused', reason: 'tls-failed' });
    expect(mails).toEqual([]);
  });

  it('is not sent to a server whose certificate nobody vouches for', async () => {
    const { port, mails } = await openMailServer();
    const receipt = await openEMail({ ...settings, port, ca: undefined }, {}).send(message(to), soon());
    expect(receipt).toMatchObject({ is: 'refused', reason: 'tls-failed', isChannelsFault: true });
    expect(mails).toEqual([]);
  });

  const replies: [what: string, options: SMTPServerOptions, expected: object][] = [
    [
      'a wrong password',
      { authOptional: false, onAuth: (_auth, _session, done) => done(new Error('no')) },
      { reason: 'credentials-refused', isWorthRetrying: false, isChannelsFault: true },
    ],
    [
      'an address that is not there',
      {
        onRcptTo: (_address, _session, done) =>
          done(Object.assign(new Error('no such user'), { responseCode: 550 })),
      },
      { reason: 'address-refused', isWorthRetrying: false, isChannelsFault: false },
    ],
    [
      'a full mailbox of today',
      {
        onRcptTo: (_address, _session, done) =>
          done(Object.assign(new Error('later'), { responseCode: 452 })),
      },
      { reason: 'server-failed', isWorthRetrying: true },
    ],
    [
      'a message it does not like',
      {
        onData(stream, _session, done) {
          stream.resume();
          stream.on('end', () => done(Object.assign(new Error('spam'), { responseCode: 554 })));
        },
      },
      { reason: 'message-refused', isWorthRetrying: false, isChannelsFault: false },
    ],
  ];
  for (const [what, options, expected] of replies) {
    it(`is refused for ${what}`, async () => {
      const { port } = await openMailServer(options);
      const channel = openEMail({ ...settings, port, userName: 'hub' }, { password: 'wrong' });
      const anonymous = openEMail({ ...settings, port }, {});
      const sender = 'onAuth' in options ? channel : anonymous;
      expect(await sender.send(message(to), soon())).toMatchObject({ is: 'refused', ...expected });
    });
  }

  it('to a server that says nothing ends when its time is over', async () => {
    const silent = createServer(() => undefined);
    const sockets = new Set<{ destroy(): unknown }>();
    silent.on('connection', (socket) => void sockets.add(socket));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const channel = openEMail({ ...settings, port }, {});
    expect(await channel.send(message(to), AbortSignal.timeout(100))).toMatchObject({ reason: 'timed-out' });
    expect(await channel.probe(AbortSignal.timeout(100))).toMatchObject({ reason: 'timed-out' });
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('to nobody there is unreachable', async () => {
    const gone = createServer();
    gone.listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const receipt = await openEMail({ ...settings, port }, {}).send(message(to), soon());
    expect(receipt).toMatchObject({ reason: 'unreachable', isWorthRetrying: true, isChannelsFault: true });
  });
});
