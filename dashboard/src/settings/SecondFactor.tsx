import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { ProofForm } from './ProofForm.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { useSecondFactor } from './second-factor-query.ts';
import { SecondFactorSetUp } from './SecondFactorSetUp.tsx';

/** So few that it is time for new ones. */
const fewCodes = 3;

/** Whether the hub asks this person for a code beside the password. Kept by the hub, for every browser. */
export function SecondFactor({ onSetUp }: { onSetUp?: () => void }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { message } = App.useApp();
  const access = useSecondFactor();
  const { data, error, refetch } = access;
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <section
      className="log-in-means"
      data-testid="second-factor"
      data-state={data === undefined ? 'loading' : data.since === null ? 'off' : 'on'}
    >
      <h2>{t('secondFactor.title')}</h2>
      <p className="dim">{t('secondFactor.hint')}</p>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data?.since === null && (
        <>
          <p>{t('secondFactor.off')}</p>
          <SecondFactorSetUp access={access} onConfirmed={setCodes} />
        </>
      )}
      {data !== undefined && data.since !== null && (
        <>
          <p>✓ {t('secondFactor.on', { time: dateAndTime(data.since, session.hub.timeZone) })}</p>
          <p className={data.recoveryCodesLeft > fewCodes ? '' : 'warning'}>
            {t(data.recoveryCodesLeft > fewCodes ? 'secondFactor.left' : 'secondFactor.fewLeft', {
              n: data.recoveryCodesLeft,
            })}
          </p>
          {data.isRequired ? (
            <p className="dim">{t('secondFactor.required')}</p>
          ) : (
            <ProofForm
              asks={{ password: true, code: t('secondFactor.codeOrRecovery') }}
              submit={t('secondFactor.switchOff')}
              isDangerous
              send={async (given) => {
                const answer = await access.remove(given);
                if (!answer.ok) return answer.problem;
                void message.success(t('secondFactor.switchedOff'));
                return undefined;
              }}
            />
          )}
        </>
      )}
      {codes !== undefined && (
        <RecoveryCodes
          codes={codes}
          onKept={() => {
            setCodes(undefined);
            void refetch();
            void message.success(t('secondFactor.done'));
            onSetUp?.();
          }}
        />
      )}
    </section>
  );
}
