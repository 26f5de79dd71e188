import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import { timesOf } from '@carebell/contracts/escalation-check.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardHeading } from './CardHeading.tsx';
import { durationText } from './duration-text.ts';
import { groupsText } from './PolicyTimeLine.tsx';

/** One policy in short: for whom it is, and its steps with their times. */
export function PolicyCard({
  policy,
  tools,
  isSaved = false,
}: {
  policy: EscalationPolicy;
  tools?: ReactNode;
  isSaved?: boolean;
}) {
  const { t } = useTranslation();
  const { name, kinds, riskGroups, steps, deadlines } = policy;
  const times = timesOf(steps);
  return (
    <li className="policy-card">
      <header>
        <CardHeading isSaved={isSaved}>{name}</CardHeading>
        <span className="policy-tools">{tools}</span>
      </header>
      <p className="policy-for">
        <span>
          {kinds.length === 0
            ? t('policy.everyKind')
            : kinds.map((kind) => t(`kind.${kind}`)).join(t('policy.and'))}
        </span>
        <span>
          {riskGroups.length === 0
            ? t('policy.everybody')
            : riskGroups.map((group) => t(`riskGroup.${group}`)).join(t('policy.and'))}
        </span>
      </p>
      <ol className="policy-steps">
        {steps.map(({ recipients }, index) => (
          // A step has no identifier: its place is what it is.
          <li key={index}>
            <b>{durationText(t, times[index] ?? 0)}</b> {groupsText(t, recipients)}
          </li>
        ))}
        <li>↻ {t('policy.repeated', { time: durationText(t, policy.repeatEveryMs) })}</li>
      </ol>
      <p className="dim">
        {t('policy.deadlinesLine', {
          answered: durationText(t, deadlines.answeredWithinMs),
          closed: durationText(t, deadlines.closedWithinMs),
        })}
      </p>
    </li>
  );
}
