import { randomBytes, webcrypto } from 'node:crypto';
import type { X509Certificate } from '@peculiar/x509';

export type Pair = { cert: string; key: string };

const dayMs = 86_400_000;
/** Devices hang on walls for years; a server's is renewed by a command, and 398 days is what browsers accept at most. */
const validDays = { ca: 3_650, server: 398, device: 1_825 };
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A certificate authority of one's own, for one hub and its devices. */
export async function makeAuthority(name: string, nowMs: number): Promise<Pair> {
  const x509 = await loadLibrary();
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    ...namesAndTimes(name, validDays.ca, nowMs),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return pairOf(cert, keys);
}

/** A certificate for HTTPS and MQTT over TLS at these names and addresses. */
export async function makeServerPair(
  authority: Pair,
  { names, addresses }: { names: readonly string[]; addresses: readonly string[] },
  nowMs: number,
): Promise<Pair> {
  const x509 = await loadLibrary();
  const alternatives = [
    ...names.map((value) => ({ type: 'dns' as const, value })),
    ...addresses.map((value) => ({ type: 'ip' as const, value })),
  ];
  return issue(authority, names[0] ?? addresses[0] ?? 'hub', validDays.server, nowMs, [
    new x509.SubjectAlternativeNameExtension(alternatives),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
  ]);
}

/** A certificate by which a device or gateway signs in: its common name is the identifier. */
export async function makeDevicePair(authority: Pair, deviceId: string, nowMs: number): Promise<Pair> {
  const x509 = await loadLibrary();
  return issue(authority, deviceId, validDays.device, nowMs, [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
  ]);
}

async function issue(
  authority: Pair,
  name: string,
  days: number,
  nowMs: number,
  extensions: InstanceType<Awaited<ReturnType<typeof loadLibrary>>['Extension']>[],
): Promise<Pair> {
  const x509 = await loadLibrary();
  const ca = new x509.X509Certificate(authority.cert);
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.create({
    ...namesAndTimes(name, days, nowMs),
    issuer: ca.subject,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.AuthorityKeyIdentifierExtension.create(ca),
      ...extensions,
    ],
  });
  return pairOf(cert, keys);
}

function namesAndTimes(name: string, days: number, nowMs: number) {
  return {
    serialNumber: randomBytes(16).toString('hex'),
    // As parts and not as text, in which a comma in a name would begin another part.
    name: [{ CN: [name] }],
    subject: [{ CN: [name] }],
    // A device's clock that is some minutes slow accepts it all the same.
    notBefore: new Date(nowMs - dayMs / 24),
    notAfter: new Date(nowMs + days * dayMs),
  };
}

async function newKeys() {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function importKey(pem: string) {
  const der = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

async function pairOf(cert: X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<Pair> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const lines = der.match(/.{1,64}/g)?.join('\n') ?? '';
  return {
    cert: `${cert.toString('pem')}\n`,
    key: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
  };
}

/** The library looks for reflection as it is loaded, so that comes first. */
async function loadLibrary() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}
