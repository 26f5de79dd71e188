import { ruleTrialSchema } from '@carebell/contracts/detection.ts';
import type { RuleChange, RuleTrial } from '@carebell/contracts/detection.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { rulesPath } from './rule-query.ts';
import type { RulesOf } from './rule-query.ts';
import { added, nextAtOnce } from './trial-sum.ts';

/** It is tried when nobody has changed anything for this long. */
const typingPauseMs = 400;
/** A month of one busy home takes a second or two; a hub that is busy takes its time. */
const answerWithinMs = 60_000;
const firstAtOnce = 4;

export type Progress = { residents: number; inAll: number };

/** What changed rules would have raised; nothing while they are not rules. The residents are asked for in portions. */
export function useTrial(of: RulesOf, rules: readonly RuleChange[] | undefined, days: number) {
  const { api, ticker } = useWorkplace();
  const text = rules === undefined ? undefined : JSON.stringify(rules);
  const [asked, setAsked] = useState(text);
  const [progress, setProgress] = useState<Progress>();
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery<RuleTrial>({
    queryKey: ['rules-trial', of, asked, days],
    enabled: asked !== undefined,
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      setProgress(undefined);
      let sum: RuleTrial | undefined;
      let atOnce = firstAtOnce;
      for (;;) {
        const beganMs = ticker.now();
        const after = sum?.cursor === undefined || sum.cursor === null ? {} : { after: sum.cursor };
        const body = { rules: JSON.parse(asked ?? '[]') as RuleChange[], days, atOnce, ...after };
        // Each portion begins where the one before ended.
        const part = await resultOrThrow<RuleTrial>(
          api.call('POST', `${rulesPath(of)}/trial`, ruleTrialSchema, body, answerWithinMs),
        );
        signal.throwIfAborted();
        sum = sum === undefined ? part : added(sum, part);
        setProgress({ residents: sum.residents, inAll: sum.residentsInAll });
        if (sum.cursor === null) return sum;
        atOnce = nextAtOnce(atOnce, ticker.now() - beganMs);
      }
    },
  });
  return { ...query, progress, isWaiting: query.isFetching || asked !== text };
}
