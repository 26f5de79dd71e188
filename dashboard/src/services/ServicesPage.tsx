import type { Service } from '@carebell/contracts/service-catalogue.ts';
import type { ServiceKind } from '@carebell/contracts/service-kinds.ts';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useProblemText } from '../app/problem-text.ts';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { ServiceCard } from './ServiceCard.tsx';
import { ServiceEditor } from './ServiceEditor.tsx';
import { useServices } from './service-query.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import '../escalation/escalation.css';
import './services.css';

/** The four services as they hold at one organisation, and the editor of one of its own. */
export function ServicesPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const name = useReferenceName('organisations', id);
  const [draft, setDraft] = useState<Service>();
  const [saved, setSaved] = useState<ServiceKind>();
  const { data, error, refetch, replace } = useServices(id);
  if (data === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const { services, inForce, version } = data;
  const others = (kind: ServiceKind): Service[] => services.filter((service) => service.kind !== kind);

  async function save(service: Service) {
    const answer = await replace({ services: [...others(service.kind), service], version });
    if (!answer.ok) return answer.problem;
    setDraft(undefined);
    setSaved(service.kind);
    void message.success(t('form.saved'));
    return undefined;
  }
  async function remove(kind: ServiceKind): Promise<void> {
    const answer = await replace({ services: others(kind), version });
    if (!answer.ok) void message.error(problemText(answer.problem), 6);
  }

  return (
    <main className="list-page policies">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {name} <small>{t('service.title')}</small>
        </h1>
      </header>
      {draft === undefined ? (
        <>
          <p className="dim policy-rule">{t('service.rule')}</p>
          <ul className="policy-cards" data-testid="services">
            {inForce.map(({ service, from }) => (
              <ServiceCard
                key={service.kind}
                service={service}
                isSaved={service.kind === saved}
                from={
                  from === null
                    ? t('service.ofHub')
                    : from.id === id
                      ? t('service.own')
                      : t('service.from', { name: from.name })
                }
                tools={
                  may('service.write') && (
                    <>
                      <Button data-testid={`edit-${service.kind}`} onClick={() => setDraft(service)}>
                        {t(from?.id === id ? 'service.edit' : 'service.copy')}
                      </Button>
                      {from?.id === id && (
                        <Button
                          danger
                          title={t('service.removeHint')}
                          onClick={() => void remove(service.kind)}
                        >
                          {t('service.remove')}
                        </Button>
                      )}
                    </>
                  )
                }
              />
            ))}
          </ul>
        </>
      ) : (
        <ServiceEditor start={draft} organisationId={id} save={save} onCancel={() => setDraft(undefined)} />
      )}
    </main>
  );
}
