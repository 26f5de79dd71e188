import type { ClaimPort } from '@carebell/broker/compose.ts';
import type { ClaimMessage } from '@carebell/contracts/claims.ts';
import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import type { Gate } from '../journal/gate.ts';
import type { ClaimReads } from './claim-store.ts';

export type ClaimDeskPorts = {
  commit: Gate['commit'];
  reads: ClaimReads;
  newSecret(): string;
  hashSecret(secret: string): string;
  matchesSecret(secretHash: string, secret: Uint8Array): boolean;
  recordRefusal(refusal: { reason: RefusalReason; subject: string }): void;
  troubled(event: string, error: unknown): void;
};

/** Compared with where there is no code, so that one that is not there costs as much time as a wrong one. */
const nobodys = 'no code';

/** What the broker asks when a device or gateway signs in with a code instead of a secret. */
export function createClaimDesk(ports: ClaimDeskPorts): ClaimPort {
  const { commit, reads, newSecret, hashSecret, matchesSecret, recordRefusal, troubled } = ports;
  const nobodysHash = hashSecret(nobodys);

  async function judge(accountId: string, code: string) {
    const claim = await reads.claim(accountId);
    const isMatching = matchesSecret(claim?.codeHash ?? nobodysHash, Buffer.from(code));
    const codeHash = claim?.codeHash ?? null;
    const verdict = await commit('tryClaim', {
      accountId,
      codeHash,
      isRight: claim !== undefined && isMatching,
    });
    return verdict.ok && codeHash !== null ? { ok: true as const, ticket: codeHash } : verdict;
  }

  async function hand(accountId: string, codeHash: string, deliver: (text: string) => void): Promise<void> {
    const secret = newSecret();
    const verdict = await commit('deliverClaim', { accountId, codeHash, secretHash: hashSecret(secret) });
    if (verdict.ok) deliver(JSON.stringify({ secret } satisfies ClaimMessage));
    else recordRefusal({ reason: verdict.reason, subject: accountId });
  }

  return {
    signIn({ accountId, code }, done) {
      judge(accountId, code).then(
        (verdict) =>
          done(verdict.ok && 'ticket' in verdict ? verdict : { ok: false, reason: reasonIn(verdict) }),
        (error: unknown) => {
          troubled('claim.not-judged', error);
          done({ ok: false, reason: 'store-failed' });
        },
      );
    },
    subscribed(accountId, ticket, deliver) {
      hand(accountId, ticket, deliver).catch((error: unknown) => troubled('claim.not-delivered', error));
    },
    taken(accountId, secretHash, done) {
      commit('takeClaimedSecret', { accountId, secretHash }).then(done, (error: unknown) => {
        troubled('claim.not-taken', error);
        done(false);
      });
    },
  };
}

function reasonIn(verdict: { ok: boolean; reason?: RefusalReason }): RefusalReason {
  return verdict.reason ?? 'claim-none';
}
