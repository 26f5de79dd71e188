import { describe, expect, it } from 'vitest';
import { codeAt, stepOfCode, totpAddress } from './totp.ts';

/** RFC 6238, appendix B: "12345678901234567890", and the last six of eight digits. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const vectors: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];

describe('a one-time code', () => {
  it.each(vectors)('at %i seconds is %s', (seconds, code) => {
    expect(codeAt(rfcSecret, seconds * 1000)).toBe(code);
    expect(stepOfCode(rfcSecret, code, seconds * 1000, 0)).toBe(Math.floor(seconds / 30));
  });

  it('is good one step early and late, and no further', () => {
    const nowMs = 1_234_567_890_000;
    const step = Math.floor(nowMs / 30_000);
    for (const near of [-1, 0, 1])
      expect(stepOfCode(rfcSecret, codeAt(rfcSecret, nowMs + near * 30_000), nowMs, 0)).toBe(step + near);
    for (const far of [-2, 2])
      expect(stepOfCode(rfcSecret, codeAt(rfcSecret, nowMs + far * 30_000), nowMs, 0)).toBeUndefined();
  });

  it('is good once, and none before it is good afterwards', () => {
    const nowMs = 1_234_567_890_000;
    const step = Math.floor(nowMs / 30_000);
    for (const late of [0, -1])
      expect(stepOfCode(rfcSecret, codeAt(rfcSecret, nowMs + late * 30_000), nowMs, step)).toBeUndefined();
    expect(stepOfCode(rfcSecret, codeAt(rfcSecret, nowMs + 30_000), nowMs, step)).toBe(step + 1);
  });

  it.each(['', 'GEZDGNBV'])('of a secret that is missing or too short ("%s") is never good', (secret) => {
    // RFC 4226, 5.3, with an empty key: what everybody can compute.
    for (const code of ['328482', '000000']) expect(stepOfCode(secret, code, 0, -2)).toBeUndefined();
  });

  it.each(['28708', '2870822', 'abcdef', ''])('is not "%s"', (code) => {
    expect(stepOfCode(rfcSecret, code, 59_000, 0)).toBeUndefined();
  });
});

it('the address of a secret is what authenticator apps read', () => {
  expect(totpAddress(rfcSecret, 'li.wei', '安铃 Carebell')).toBe(
    `otpauth://totp/%E5%AE%89%E9%93%83%20Carebell:li.wei?issuer=%E5%AE%89%E9%93%83%20Carebell&secret=${rfcSecret}&algorithm=SHA1&digits=6&period=30`,
  );
});
