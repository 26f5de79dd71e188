import type { Script } from '@carebell/contracts/handling.ts';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useProblemText } from '../app/problem-text.ts';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { ScriptCard } from './ScriptCard.tsx';
import { ScriptEditor } from './ScriptEditor.tsx';
import { useScripts } from './script-query.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import '../escalation/escalation.css';

type Draft = { place: number; start: Script };

const ownNames = ['smoke-gas', 'emergency', 'urgent', 'service', 'technical'] as const;

/** What operators do with alarms of each kind, at one organisation: its own scripts and those that it inherits. */
export function ScriptsPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const { message, modal } = App.useApp();
  const problemText = useProblemText();
  const name = useReferenceName('organisations', id);
  const { data, error, refetch, put } = useScripts(id);
  const [draft, setDraft] = useState<Draft>();
  const [saved, setSaved] = useState<number>();
  if (data === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const { scripts, inherited, version } = data;
  const mayWrite = may('script.write');

  async function save(place: number, script: Script) {
    const answer = await put([...scripts.slice(0, place), script, ...scripts.slice(place + 1)], version);
    if (!answer.ok) return answer.problem;
    setSaved(place);
    setDraft(undefined);
    void message.success(t('form.saved'));
    return undefined;
  }

  function remove(place: number, script: Script) {
    modal.confirm({
      title: t('policy.removeTitle', { name: script.name }),
      content: t('script.removeText'),
      okText: t('form.remove'),
      cancelText: t('policy.cancel'),
      centered: true,
      okButtonProps: { danger: true, 'data-testid': 'remove-confirm' },
      onOk: async () => {
        const answer = await put(scripts.toSpliced(place, 1), version);
        setSaved(undefined);
        if (!answer.ok) void message.error(problemText(answer.problem), 6);
      },
    });
  }

  /** The hub's own are called by what they are for. */
  function nameOf(script: Script): string {
    const own = ownNames.find((one) => one === script.name);
    return own === undefined ? script.name : t(`script.own.${own}`);
  }

  return (
    <main className="list-page policies">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {name} <small>{t('script.title')}</small>
        </h1>
      </header>
      {draft === undefined ? (
        <>
          <p className="dim policy-rule">{t('script.rule')}</p>
          <section data-testid="own-scripts">
            <h2>{t('script.ownHere')}</h2>
            {scripts.length === 0 && <p className="dim">{t('script.noneOwn')}</p>}
            <ul className="policy-cards">
              {scripts.map((script, place) => (
                <ScriptCard
                  key={`${place} ${script.name}`}
                  isSaved={place === saved}
                  name={script.name}
                  script={script}
                  tools={
                    mayWrite && (
                      <>
                        <Button
                          aria-label={t('policy.editNamed', { name: script.name })}
                          onClick={() => setDraft({ place, start: script })}
                        >
                          {t('policy.edit')}
                        </Button>
                        <Button
                          danger
                          aria-label={t('policy.removeNamed', { name: script.name })}
                          onClick={() => remove(place, script)}
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
            .filter((above) => above.scripts.length > 0)
            .map((above) => (
              <section key={above.organisationId ?? 'hub'} data-testid="inherited-scripts">
                <h2>
                  {above.organisationName === null
                    ? t('policy.ofHub')
                    : t('policy.from', { name: above.organisationName })}
                </h2>
                <ul className="policy-cards">
                  {above.scripts.map((script) => (
                    <ScriptCard
                      key={script.name}
                      name={nameOf(script)}
                      script={script}
                      tools={
                        mayWrite && (
                          <Button
                            aria-label={t('policy.copyNamed', { name: nameOf(script) })}
                            onClick={() =>
                              setDraft({ place: scripts.length, start: { ...script, name: nameOf(script) } })
                            }
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
        <ScriptEditor
          start={draft.start}
          save={(script) => save(draft.place, script)}
          onCancel={() => {
            setSaved(undefined);
            setDraft(undefined);
          }}
        />
      )}
    </main>
  );
}
