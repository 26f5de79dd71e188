import { createHash, timingSafeEqual } from 'node:crypto';

export type KnownBrowserPorts = { sign(purpose: 'known-browser', text: string): string; newToken(): string };

/** A cookie by which a browser is known again in which a name has logged in; one for each name, because stations share theirs. */
export type BrowserMark = { cookie: string; value: string };

/**
 * It opens nothing. It only says that wrong passwords of strangers for this name are not this browser's
 * (OWASP: device cookies against lock-outs by others).
 */
export function createKnownBrowsers({ sign, newToken }: KnownBrowserPorts) {
  const macOf = (name: string, nonce: string): string => sign('known-browser', `${name} ${nonce}`);
  return {
    /** The browser's own name, if it carries an untouched mark for this name. */
    recognise(name: string, cookies: Readonly<Record<string, string | undefined>>): string | null {
      const [nonce, mac, ...rest] = (cookies[cookieOf(name)] ?? '').split('.');
      if (nonce === undefined || mac === undefined || rest.length > 0 || !/^[\w-]{20,100}$/.test(nonce))
        return null;
      const [given, expected] = [Buffer.from(mac), Buffer.from(macOf(name, nonce))];
      return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : null;
    },
    mark(name: string): BrowserMark {
      const nonce = newToken();
      return { cookie: cookieOf(name), value: `${nonce}.${macOf(name, nonce)}` };
    },
  };
}

function cookieOf(name: string): string {
  return `carebell_known_${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
}
