import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useProblemText } from '../app/problem-text.ts';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { PolicyCard } from './PolicyCard.tsx';
import { PolicyEditor } from './PolicyEditor.tsx';
import { usePolicies } from './policy-query.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './escalation.css';

type Draft = { place: number; start: EscalationPolicy };

/** Who is told what and when while nobody answers, at one organisation: its own policies and those that it inherits. */
export function PoliciesPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const { message, modal } = App.useApp();
  const problemText = useProblemText();
  const name = useReferenceName('organisations', id);
  const { data, error, refetch, put } = usePolicies(id);
  const [draft, setDraft] = useState<Draft>();
  const [saved, setSaved] = useState<number>();
  if (data === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const { policies, inherited, version } = data;
  const mayWrite = may('escalation.write');
  const begin = (start: EscalationPolicy) => setDraft({ place: policies.length, start });
  const model = policies[0] ?? inherited.flatMap((above) => above.policies)[0];

  async function save(place: number, policy: EscalationPolicy) {
    const answer = await put([...policies.slice(0, place), policy, ...policies.slice(place + 1)], version);
    if (!answer.ok) return answer.problem;
    setSaved(place);
    setDraft(undefined);
    void message.success(t('form.saved'));
    return undefined;
  }

  function remove(place: number, policy: EscalationPolicy) {
    modal.confirm({
      title: t('policy.removeTitle', { name: policy.name }),
      content: t('policy.removeText'),
      okText: t('form.remove'),
      cancelText: t('policy.cancel'),
      centered: true,
      okButtonProps: { danger: true, 'data-testid': 'remove-confirm' },
      onOk: async () => {
        const answer = await put(policies.toSpliced(place, 1), version);
        setSaved(undefined);
        if (!answer.ok) void message.error(problemText(answer.problem), 6);
      },
    });
  }

  return (
    <main className="list-page policies">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {name} <small>{t('policy.title')}</small>
        </h1>
        {mayWrite && draft === undefined && model !== undefined && (
          <div className="list-tools">
            <Button type="primary" data-testid="new-policy" onClick={() => begin({ ...model, name: '' })}>
              + {t('policy.new')}
            </Button>
          </div>
        )}
      </header>
      {draft === undefined ? (
        <>
          <p className="dim policy-rule">{t('policy.rule')}</p>
          <section data-testid="own-policies">
            <h2>{t('policy.own')}</h2>
            {policies.length === 0 && <p className="dim">{t('policy.noneOwn')}</p>}
            <ul className="policy-cards">
              {policies.map((policy, place) => (
                <PolicyCard
                  key={`${place} ${policy.name}`}
                  isSaved={place === saved}
                  policy={policy}
                  tools={
                    mayWrite && (
                      <>
                        <Button
                          aria-label={t('policy.editNamed', { name: policy.name })}
                          onClick={() => setDraft({ place, start: policy })}
                        >
                          {t('policy.edit')}
                        </Button>
                        <Button
                          danger
                          aria-label={t('policy.removeNamed', { name: policy.name })}
                          onClick={() => remove(place, policy)}
                        >
                          {t('form.remove')}
                        </Button>
                      </>
                    )
                  }
                />
              ))}
            </ul>
          </section>
          {inherited
            .filter((above) => above.policies.length > 0)
            .map((above) => (
              <section key={above.organisationId ?? 'hub'} data-testid="inherited-policies">
                <h2>
                  {above.organisationName === null
                    ? t('policy.ofHub')
                    : t('policy.from', { name: above.organisationName })}
                </h2>
                <ul className="policy-cards">
                  {above.policies.map((policy) => (
                    <PolicyCard
                      key={policy.name}
                      policy={above.organisationId === null ? named(policy) : policy}
                      tools={
                        mayWrite && (
                          <Button
                            aria-label={t('policy.copyNamed', { name: nameOf(policy) })}
                            onClick={() => begin(above.organisationId === null ? named(policy) : policy)}
                          >
                            {t('policy.copy')}
                          </Button>
                        )
                      }
                    />
                  ))}
                </ul>
              </section>
            ))}
        </>
      ) : (
        <PolicyEditor
          organisationId={id}
          place={draft.place}
          start={draft.start}
          save={(policy) => save(draft.place, policy)}
          onCancel={() => {
            setSaved(undefined);
            setDraft(undefined);
          }}
        />
      )}
    </main>
  );

  /** The hub's own are called by the priority that they are for. */
  function nameOf({ name: given }: EscalationPolicy): string {
    const priority = (['emergency', 'urgent', 'service', 'technical'] as const).find((one) => one === given);
    return priority === undefined ? given : t(`priority.${priority}`);
  }

  function named(policy: EscalationPolicy): EscalationPolicy {
    return { ...policy, name: nameOf(policy) };
  }
}
