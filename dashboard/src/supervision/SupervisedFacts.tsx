import { supervisedSchema, supervisionChoices } from '@carebell/contracts/supervision.ts';
import type { SupervisedKind } from '@carebell/contracts/supervision.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HubProblem } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { useSupervision } from './supervision-query.ts';
import './supervision.css';

const byType = 'by-type';
const presets = supervisionChoices.filter((choice) => choice !== 'own');

/** Within which time one device or gateway must be heard, and when it was. */
export function SupervisedFacts({ of, id }: { of: SupervisedKind; id: string }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session, may } = useSession();
  const queries = useQueryClient();
  const [refused, setRefused] = useState<Error | null>(null);
  const path = `${of}/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useSupervision(path, supervisedSchema);
  if (data === undefined) {
    return error === null ? <PageLoading /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  const time = (instant: string | null) =>
    instant === null ? t('supervision.never') : dayAndTime(instant, session.hub.timeZone);
  const { setting } = data;

  async function choose(name: string): Promise<void> {
    const body = { setting: name === byType ? null : { class: name } };
    const answer = await api.call('PUT', `/supervision/${path}`, supervisedSchema, body);
    setRefused(answer.ok ? null : new HubProblem(answer.problem));
    await queries.invalidateQueries({ queryKey: ['supervision'] });
  }

  return (
    <>
      {refused !== null && <ProblemNotice error={refused} onRetry={() => void refetch()} />}
      <dl className="supervision-facts" data-testid="supervised" data-hearing={data.hearing}>
        <dt>{t('supervision.hearing')}</dt>
        <dd>{t(`supervision.is.${data.hearing}`)}</dd>
        <dt>{t('supervision.class')}</dt>
        <dd>
          {may('device.write') ? (
            <Select
              aria-label={t('supervision.class')}
              value={data.isDefault ? byType : setting.class}
              popupMatchSelectWidth={false}
              onChange={(name) => void choose(name)}
              options={[
                { value: byType, label: t('supervision.byType') },
                ...presets.map((value) => ({ value, label: t(`supervision.classes.${value}`) })),
                ...(setting.class === 'own' ? [{ value: 'own', label: t('supervision.classes.own') }] : []),
              ]}
            />
          ) : null}{' '}
          {t(`supervision.classes.${setting.class}`)}
        </dd>
        <dt>{t('supervision.lastHeard')}</dt>
        <dd>{time(data.lastHeardAt)}</dd>
        {data.lastWord !== null && (
          <>
            <dt>{t('supervision.lastWord')}</dt>
            <dd>
              <code>{data.lastWord.split(' ')[0]}</code>
            </dd>
          </>
        )}
        {data.nextDeadlineAt !== null && (
          <>
            <dt>{t('supervision.nextDeadline')}</dt>
            <dd>{time(data.nextDeadlineAt)}</dd>
          </>
        )}
        <dt>{t('supervision.missed')}</dt>
        <dd>{t('supervision.missedOf', { n: data.missed, of: setting.of, limit: setting.missed })}</dd>
        {data.covers.length > 0 && (
          <>
            <dt>{t('supervision.covers')}</dt>
            <dd>{data.covers.join(', ')}</dd>
          </>
        )}
      </dl>
    </>
  );
}
