import { execFileSync } from 'node:child_process';
import { createDecipheriv, createECDH, hkdfSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A push service of somebody else, and the keys of the browser that has subscribed with it. */
export async function openFarPushService() {
  const certificate = ownCertificate();
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const secret = Buffer.alloc(16, 5);
  /** What came, as the browser reads it. */
  const messages: string[] = [];
  let status = 201;
  const server = createServer(certificate, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      if (status < 300) messages.push(read(Buffer.concat(chunks)));
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  /** RFC 8291 §4 and RFC 8188 §2, as a browser does it. */
  function read(body: Buffer): string {
    const salt = body.subarray(0, 16);
    const sender = body.subarray(21, 21 + (body[20] ?? 0));
    const derived = (from: Buffer, by: Buffer, what: Buffer | string, length: number) =>
      Buffer.from(hkdfSync('sha256', from, by, what, length));
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
    const input = derived(browser.computeSecret(sender), secret, info, 32);
    const key = derived(input, salt, 'Content-Encoding: aes128gcm\0', 16);
    const nonce = derived(input, salt, 'Content-Encoding: nonce\0', 12);
    const record = body.subarray(21 + sender.length);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(record.subarray(-16));
    const text = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]).toString();
    return text.slice(0, text.lastIndexOf('\u0002'));
  }

  return {
    messages,
    certificate: certificate.cert,
    subscription: {
      endpoint: `https://localhost:${port}/send/1`,
      expirationTime: null,
      keys: { p256dh: browser.getPublicKey('base64url'), auth: secret.toString('base64url') },
    },
    answerWith: (next: number) => void (status = next),
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A certificate that nobody else signed, for `localhost`. */
function ownCertificate(): { cert: string; key: string } {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-push-'));
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const options = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
  const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', ...options.split(' '), ...names], { stdio: 'ignore' });
  const made = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  rmSync(dir, { recursive: true });
  return made;
}
