import type { Clock } from '../clock.ts';
import { readTls } from './tls-files.ts';
import type { TlsFiles, TlsTexts } from './tls-files.ts';

/** A renewed certificate is in use within this time. */
export const lookEveryMs = 10_000;

export type CertificateWatchPorts = {
  files: TlsFiles;
  read(path: string): string;
  clock: Pick<Clock, 'every'>;
  /** What is in use; called only with a certificate and its key. */
  renew(tls: TlsTexts): void;
  told(event: 'tls.renewed' | 'tls.not-renewed', details: object): void;
};

/** Takes up certificates that were renewed in place, without a restart. What cannot be used is said once and left alone. */
export function watchCertificates(
  { files, read, clock, renew, told }: CertificateWatchPorts,
  inUse: TlsTexts,
) {
  let latest = JSON.stringify(inUse);
  let lastProblem = '';
  const stop = clock.every(lookEveryMs, look);

  function look(): void {
    const found = readTls(files, read);
    if (!found.ok) {
      if (found.message !== lastProblem) told('tls.not-renewed', { problem: found.message });
      lastProblem = found.message;
      return;
    }
    lastProblem = '';
    const text = JSON.stringify(found.tls);
    if (text === latest) return;
    latest = text;
    renew(found.tls);
    told('tls.renewed', { revoked: found.tls.revoked.length });
  }
  return { stop };
}
