import type { PlacedRule } from '@carebell/contracts/detection.ts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isOwn, originText, ruleName, ruleWords } from './rule-text.ts';

type Props = {
  placed: PlacedRule;
  /** The organisation or resident whose page it stands on. */
  here: string;
  mayWrite: boolean;
  onEdit: () => void;
  onRestore: () => void;
};

/** One rule in words: when it speaks, where it comes from, and in whose place it stands. */
export function RuleCard({ placed, here, mayWrite, onEdit, onRestore }: Props) {
  const { t } = useTranslation();
  const { rule, isOff, origin, instead } = placed;
  const name = ruleName(t, rule);
  const isHere = isOwn(placed, here);
  return (
    <li className="rule-card" data-testid={`rule-${rule.id}`} data-off={isOff} data-own={isHere}>
      <header>
        <h3>{name}</h3>
        <span className="rule-origin" data-testid="rule-origin" data-of={origin.of}>
          {originText(t, origin, here)}
        </span>
      </header>
      <p className="rule-words">
        {isOff && <strong className="rule-off">{t('rule.off')}</strong>} {ruleWords(t, rule)}
      </p>
      {rule.groups !== undefined && isHere && (
        <p className="dim">
          {t('rule.forGroups', {
            groups: rule.groups.map((group) => t(`riskGroup.${group}`)).join(t('policy.and')),
          })}
        </p>
      )}
      {instead !== null && !isOff && (
        <p className="dim rule-instead">
          {t('rule.instead', {
            words: ruleWords(t, instead.rule),
            origin: originText(t, instead.origin, here),
          })}
        </p>
      )}
      {mayWrite && (
        <span className="rule-tools">
          <Button aria-label={t('rule.editNamed', { name })} onClick={onEdit}>
            {t('rule.edit')}
          </Button>
          {isHere && (
            <Button aria-label={t('rule.restoreNamed', { name })} onClick={onRestore}>
              {t('rule.restore')}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}
