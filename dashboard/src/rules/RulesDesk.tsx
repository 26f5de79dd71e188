import type { PackName, PlacedRule, RuleKind } from '@carebell/contracts/detection.ts';
import { ruleKinds } from '@carebell/contracts/detection.ts';
import { App, Button, Dropdown, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { RuleCard } from './RuleCard.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { changedBy, draftOf, newDraft, ownOf, withoutOwn } from './rule-draft.ts';
import type { RuleDraft } from './rule-draft.ts';
import { listsOf, useRules } from './rule-query.ts';
import type { RulesOf } from './rule-query.ts';
import { originText, ruleName, ruleWords } from './rule-text.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import '../escalation/escalation.css';
import './rules.css';

type Group = PackName | 'nobody';

/** All rules of an organisation or a resident in words, and the form in which one of them is changed. */
export function RulesDesk({ of }: { of: RulesOf }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { message, modal } = App.useApp();
  const problemText = useProblemText();
  const { data, error, refetch, replace } = useRules(of);
  const [chosen, setChosen] = useState<Group>('living-alone');
  const [draft, setDraft] = useState<RuleDraft>();
  if (data === undefined)
    return error === null ? <PageLoading /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const { rules: own, version } = data;
  const lists = listsOf(data);
  const isResident = of.scope === 'resident';
  const pack = isResident || chosen === 'nobody' ? null : chosen;
  const shown = lists.find((list) => list.pack === pack)?.rules ?? [];
  const mayWrite = may('rule.write');

  async function save(saved: RuleDraft) {
    const next = changedBy(own, saved);
    if (!next.ok) return undefined;
    const answer = await replace({ rules: next.rules, version });
    if (!answer.ok) return answer.problem;
    setDraft(undefined);
    void message.success(t('form.saved'));
    return undefined;
  }

  function restore(placed: PlacedRule) {
    const gone = ownOf(own, placed, { id: of.id, pack });
    const { instead } = placed;
    modal.confirm({
      title: t('rule.restoreTitle', { name: ruleName(t, placed.rule) }),
      content:
        instead === null
          ? t('rule.restoreNothing')
          : t('rule.restoreText', {
              words: ruleWords(t, instead.rule),
              origin: originText(t, instead.origin, of.id),
            }),
      okText: t('rule.restore'),
      cancelText: t('policy.cancel'),
      centered: true,
      okButtonProps: { 'data-testid': 'restore-confirm' },
      onOk: async () => {
        const answer = await replace({ rules: withoutOwn(own, gone), version });
        if (!answer.ok) void message.error(problemText(answer.problem), 6);
      },
    });
  }

  if (draft !== undefined)
    return (
      <RuleEditor
        of={of}
        own={own}
        draft={draft}
        onChange={setDraft}
        save={save}
        onCancel={() => setDraft(undefined)}
      />
    );
  const taken = lists.flatMap(({ rules }) => rules.map(({ rule }) => rule.id));
  return (
    <div className="rules" data-testid="rules">
      <p className="dim rules-about">{t(isResident ? 'rule.aboutResident' : 'rule.about')}</p>
      <div className="rules-tools">
        {!isResident && (
          <Segmented<Group>
            aria-label={t('rule.group')}
            value={chosen}
            onChange={setChosen}
            options={lists.map(({ pack: group }) => ({
              value: group ?? 'nobody',
              label: (
                <span data-testid={`group-${group ?? 'nobody'}`}>
                  {group === null ? t('rule.nobody') : t(`riskGroup.${group}`)}
                </span>
              ),
            }))}
          />
        )}
        {mayWrite && (
          <Dropdown
            trigger={['click']}
            menu={{
              className: 'rule-kinds',
              items: ruleKinds.map((kind) => ({ key: kind, label: ruleName(t, { kind }) })),
              onClick: ({ key }) => setDraft(newDraft(key as RuleKind, taken, pack)),
            }}
          >
            <Button data-testid="new-rule">{t('rule.add')}</Button>
          </Dropdown>
        )}
      </div>
      {!isResident && pack === null && <p className="dim">{t('rule.noneNobody')}</p>}
      {shown.length === 0 && isResident && <p className="list-empty">{t('rule.none')}</p>}
      <ul className="rule-cards">
        {shown.map((placed) => (
          <RuleCard
            key={placed.rule.id}
            placed={placed}
            here={of.id}
            mayWrite={mayWrite}
            onEdit={() => setDraft(draftOf(own, placed, { id: of.id, pack }))}
            onRestore={() => restore(placed)}
          />
        ))}
      </ul>
    </div>
  );
}
