import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app knows it. */
const parameters = { algorithm: 'SHA1', digits: 6, period: 30 };

/** Steps on either side that are good too: a phone's clock that is half a minute off. */
const window = 1;

/** RFC 4226, R6: a shared secret has at least 128 bits. One that no key opened is empty, and its codes are no secret. */
const shortestSecretBytes = 16;

/**
 * The step that a code is of, if it is good now and of a later step than the last one that was taken: a code that somebody has
 * read over a shoulder opens nothing a second time (RFC 6238, 5.2).
 */
export function stepOfCode(
  secret: string,
  code: string,
  nowMs: number,
  lastStep: number,
): number | undefined {
  const key = Secret.fromBase32(secret);
  if (key.bytes.length < shortestSecretBytes) return undefined;
  const delta = TOTP.validate({ ...parameters, secret: key, token: code, timestamp: nowMs, window });
  if (delta === null) return undefined;
  const step = TOTP.counter({ period: parameters.period, timestamp: nowMs }) + delta;
  return step > lastStep ? step : undefined;
}

/** What a QR code says to an authenticator app. */
export function totpAddress(secret: string, userName: string, hubName: string): string {
  return new TOTP({ ...parameters, secret, label: userName, issuer: hubName }).toString();
}

/** The code that an authenticator app shows at this time. */
export function codeAt(secret: string, nowMs: number): string {
  return TOTP.generate({ ...parameters, secret: Secret.fromBase32(secret), timestamp: nowMs });
}
