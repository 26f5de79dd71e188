import type { Organisation } from '@carebell/contracts/registry.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageLoading } from '../app/PageLoading.tsx';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import type { RegistryApi } from '../registry-forms/registry-api.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { treeOf } from './organisation-tree.ts';
import type { Branch } from './organisation-tree.ts';
import { OrganisationDialog } from './OrganisationDialog.tsx';
import type { OrganisationTask } from './OrganisationDialog.tsx';
import '../app/lists.css';
import '../registry-forms/registry.css';

/** Districts, streets and stations as a tree. */
export function OrganisationsPage() {
  const { t } = useTranslation();
  const { may, session } = useSession();
  const registry = useRegistryApi();
  const [task, setTask] = useState<OrganisationTask>();
  const { data, error, refetch } = useQuery({
    queryKey: ['organisations', 'list', 'tree'],
    queryFn: () => allOrganisations(registry),
  });
  const mayWrite = may('registry.write');
  const isRoot = session.user.organisationId === rootOrganisationId;
  return (
    <main className="list-page">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {t('organisationPage.title')} {data !== undefined && <small>{data.length}</small>}
        </h1>
        <div className="list-tools">
          {mayWrite && isRoot && (
            <Button type="primary" onClick={() => setTask({ below: rootOrganisationId, level: 'district' })}>
              + {t('organisationPage.new')}
            </Button>
          )}
        </div>
      </header>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data?.length === 0 && <p className="list-empty">{t('organisationPage.empty')}</p>}
      {data !== undefined && data.length > 0 && (
        <div className="record-lines">
          <ul className="tree">
            {treeOf(data).map((branch) => (
              <TreeBranch
                key={branch.organisation.id}
                branch={branch}
                onTask={mayWrite ? setTask : undefined}
              />
            ))}
          </ul>
        </div>
      )}
      {task !== undefined && <OrganisationDialog task={task} onDone={() => setTask(undefined)} />}
    </main>
  );
}

type BranchProps = { branch: Branch; onTask: ((task: OrganisationTask) => void) | undefined };

function TreeBranch({ branch: { organisation, below }, onTask }: BranchProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { id, name, level, phone } = organisation;
  return (
    <li>
      <div className="tree-row" data-testid={`organisation-${id}`}>
        <strong>{name}</strong>
        <small>{t(`level.${level}`)}</small>
        {level === 'station' && may('history.read') && (
          <Link className="quiet-link" to={`/organisations/${encodeURIComponent(id)}/figures`}>
            {t('history.figures')}
          </Link>
        )}
        {may('escalation.read') && (
          <Link className="quiet-link" to={`/organisations/${encodeURIComponent(id)}/escalation`}>
            {t('policy.title')}
          </Link>
        )}
        {may('script.read') && (
          <Link className="quiet-link" to={`/organisations/${encodeURIComponent(id)}/scripts`}>
            {t('script.title')}
          </Link>
        )}
        {may('service.read') && (
          <Link className="quiet-link" to={`/organisations/${encodeURIComponent(id)}/services`}>
            {t('service.title')}
          </Link>
        )}
        {may('rule.read') && (
          <Link className="quiet-link" to={`/organisations/${encodeURIComponent(id)}/rules`}>
            {t('rule.title')}
          </Link>
        )}
        {may('visit.read') && (
          <Link className="quiet-link" to={`/organisations/${encodeURIComponent(id)}/visits`}>
            {t('visitPlan.settings')}
          </Link>
        )}
        {level === 'station' && may('resident.read') && (
          <Link className="quiet-link" to={`/night/${encodeURIComponent(id)}`}>
            {t('night.title')}
          </Link>
        )}
        {may('alarm.read') && (
          <Link className="quiet-link" to={`/organisations/${encodeURIComponent(id)}/duty`}>
            {t('duty.link')}
          </Link>
        )}
        {phone !== null && <a href={phoneLink(phone)}>{spokenPhone(phone)}</a>}
        {onTask !== undefined && (
          <span className="line-end">
            {level !== 'station' && (
              <Button
                onClick={() => onTask({ below: id, level: level === 'district' ? 'street' : 'station' })}
              >
                + {t('organisationPage.below')}
              </Button>
            )}
            <Button onClick={() => onTask({ change: organisation })}>{t('organisationPage.edit')}</Button>
          </span>
        )}
      </div>
      {below.length > 0 && (
        <ul>
          {below.map((inner) => (
            <TreeBranch key={inner.organisation.id} branch={inner} onTask={onTask} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** A tree is shown whole, so all its pages are fetched. */
async function allOrganisations(registry: RegistryApi): Promise<Organisation[]> {
  const all: Organisation[] = [];
  let cursor: string | undefined;
  do {
    // Each page begins where the one before ended.
    const page = await registry.list('organisations', { limit: '500', cursor });
    all.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
