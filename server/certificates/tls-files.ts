import { X509Certificate, createPrivateKey } from 'node:crypto';

/** Paths as they were set. */
export type TlsFiles = { cert: string; key: string; ca: string | null; revoked: string | null };
export type TlsTexts = { cert: string; key: string; ca: string | null; revoked: readonly string[] };

export type ReadTls = { ok: true; tls: TlsTexts } | { ok: false; message: string };

/** Reads what the files hold now, and refuses a certificate without its key, as it stands between two writes. */
export function readTls(files: TlsFiles, read: (path: string) => string): ReadTls {
  try {
    const tls: TlsTexts = {
      cert: read(files.cert),
      key: read(files.key),
      ca: files.ca === null ? null : read(files.ca),
      revoked: files.revoked === null ? [] : fingerprintsIn(read(files.revoked)),
    };
    const problem =
      pairProblem(tls.cert, tls.key) ?? (tls.ca === null ? undefined : authorityProblem(tls.ca));
    return problem === undefined ? { ok: true, tls } : { ok: false, message: problem };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** A fingerprint stands first on its line, with or without colons; what follows is a note. Lines without one are notes too. */
export function fingerprintsIn(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const digits = (line.trim().split(/\s/, 1)[0] ?? '').replaceAll(':', '').toUpperCase();
    return /^[0-9A-F]{64}$/.test(digits) ? [(digits.match(/../g) ?? []).join(':')] : [];
  });
}

export function pairProblem(cert: string, key: string): string | undefined {
  try {
    if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return undefined;
    return 'the key is not the key of the certificate';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function authorityProblem(ca: string): string | undefined {
  return new X509Certificate(ca).ca ? undefined : 'the authority is no certificate authority';
}
