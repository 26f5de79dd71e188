import { bareClaimCode } from '@carebell/contracts/claim-code.ts';
import { claimSchema, issuedClaimSchema } from '@carebell/contracts/claims.ts';
import type { Claim } from '@carebell/contracts/claims.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useProblemText } from '../app/problem-text.ts';
import { clockTime } from '../app/instants.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import './registering.css';

const lookEveryMs = 2_000;

/** A code that is typed into a device or gateway, and how far it has come with it. */
export function ClaimPanel({ of = 'devices', id }: { of?: 'devices' | 'gateways'; id: string }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session } = useSession();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [code, setCode] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const path = `/${of}/${encodeURIComponent(id)}/claim`;
  const queryKey = ['claim', id];
  const { data: claim } = useQuery({
    queryKey,
    queryFn: () => resultOrThrow(api.call('GET', path, claimSchema)),
    refetchInterval: ({ state }) => (isPending(state.data) ? lookEveryMs : false),
  });

  async function make(): Promise<void> {
    const answer = await api.call('POST', path, issuedClaimSchema);
    setProblem(answer.ok ? undefined : problemText(answer.problem));
    if (!answer.ok) return;
    setCode(answer.result.code);
    queries.setQueryData(queryKey, answer.result.claim);
  }

  async function cancel(): Promise<void> {
    const answer = await api.call('DELETE', path, claimSchema);
    setProblem(answer.ok ? undefined : problemText(answer.problem));
    if (!answer.ok) return;
    setCode(undefined);
    queries.setQueryData(queryKey, answer.result);
  }

  const state = claim?.state ?? 'none';
  return (
    <section className="claim" data-state={state}>
      <h3>{t('claim.title')}</h3>
      {code !== undefined && isPending(claim) && (
        <p className="claim-code" data-testid="claim-code">
          <code aria-label={bareClaimCode(code).split('').join(' ')}>{code}</code>
        </p>
      )}
      {claim !== undefined && (
        <output className="claim-state">
          {t(`claim.${state}`, {
            time:
              claim.expiresAt === null ? '' : clockTime(Date.parse(claim.expiresAt), session.hub.timeZone),
            n: claim.wrongCodes,
          })}
          {isPending(claim) && claim.wrongCodes > 0 && ` ${t('claim.wrong', { n: claim.wrongCodes })}`}
        </output>
      )}
      {problem !== undefined && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="register-choices">
        <Button size="large" onClick={() => void make()}>
          {t(isPending(claim) ? 'claim.again' : 'claim.make')}
        </Button>
        {isPending(claim) && (
          <Button size="large" onClick={() => void cancel()}>
            {t('claim.cancel')}
          </Button>
        )}
      </div>
    </section>
  );
}

function isPending(claim: Claim | undefined): boolean {
  return claim?.state === 'open' || claim?.state === 'delivered';
}
