import { describe, expect, it } from 'vitest';
import { bareClaimCode, claimCodeIn, claimPassword, shownClaimCode } from './claim-code.ts';

describe('a claim code', () => {
  it('is the same however it is typed', () => {
    for (const typed of ['7K3M-Q9ZO', '7k3m q9z0', '7K3MQ9ZO', ' 7k3m-q9zo ']) {
      expect(bareClaimCode(typed)).toBe('7K3MQ9Z0');
    }
    expect(bareClaimCode('iLl1-oO00')).toBe('11110000');
  });

  it('travels as a password and is shown in two groups', () => {
    expect(claimCodeIn(claimPassword('7K3M-Q9Z0'))).toBe('7K3MQ9Z0');
    expect(claimCodeIn('n0tAClaimButASecret')).toBeUndefined();
    expect(shownClaimCode('7K3MQ9Z0')).toBe('7K3M-Q9Z0');
  });
});
