import type { Script } from '@carebell/contracts/handling.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardHeading } from '../escalation/CardHeading.tsx';
import { scriptWords } from '../alarm/handling-step-text.ts';

/** One script in short: for which alarms it is, and its steps. */
export function ScriptCard({
  script,
  tools,
  isSaved = false,
}: {
  script: Script;
  tools: ReactNode;
  isSaved?: boolean;
}) {
  const { t, i18n } = useTranslation();
  return (
    <li className="policy-card">
      <header>
        <CardHeading isSaved={isSaved}>{script.name}</CardHeading>
        <span className="policy-tools">{tools}</span>
      </header>
      <p className="policy-for">
        {script.kinds.length === 0
          ? t('policy.everyKind')
          : script.kinds.map((kind) => t(`kind.${kind}`)).join(t('policy.and'))}
      </p>
      <ol className="policy-steps">
        {script.steps.map((step) => (
          <li key={step.key}>
            <b>
              {step.whom === undefined ? t(`script.action.${step.action}`) : t(`script.whom.${step.whom}`)}
            </b>{' '}
            {scriptWords(step.text, i18n.language)}
          </li>
        ))}
      </ol>
    </li>
  );
}
