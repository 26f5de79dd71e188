import { supervisedSchema } from '@carebell/contracts/supervision.ts';
import type { SupervisedKind } from '@carebell/contracts/supervision.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { durationText } from '../escalation/duration-text.ts';
import { useSession } from '../log-in/session.ts';
import { SupervisionForm } from './SupervisionForm.tsx';
import { useSupervision } from './supervision-query.ts';
import './supervision.css';

/** Within which time one device or gateway must be heard, and when it was. */
export function SupervisedFacts({ of, id }: { of: SupervisedKind; id: string }) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const [isChanging, setChanging] = useState(false);
  const path = `${of}/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useSupervision(path, supervisedSchema);
  if (data === undefined) {
    return error === null ? <PageLoading /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  const time = (instant: string | null) =>
    instant === null ? t('supervision.never') : dayAndTime(instant, session.hub.timeZone);
  const { setting, isDefault, periodSeconds } = data;
  const isOwn = setting.class === 'own' && periodSeconds !== null;

  return (
    <>
      <dl className="supervision-facts" data-testid="supervised" data-hearing={data.hearing}>
        <dt>{t('supervision.hearing')}</dt>
        <dd>{t(`supervision.is.${data.hearing}`)}</dd>
        <dt>{t('supervision.class')}</dt>
        <dd data-testid="supervised-class">
          {t(`supervision.classes.${setting.class}`)}
          {isOwn && ` ${durationText(t, periodSeconds * 1_000)}`}
          {isDefault && <span className="dim"> · {t('supervision.byType')}</span>}{' '}
          {may('device.write') && !isChanging && (
            <button
              type="button"
              className="step-button not-for-print"
              data-testid="supervision-change"
              onClick={() => setChanging(true)}
            >
              {t('supervision.change')}
            </button>
          )}
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
      {isChanging && (
        <SupervisionForm
          of={of}
          id={id}
          setting={setting}
          isDefault={isDefault}
          onDone={() => setChanging(false)}
        />
      )}
    </>
  );
}
