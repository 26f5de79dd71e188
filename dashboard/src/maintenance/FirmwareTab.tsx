import { firmwareSchema, firmwareTypes } from '@carebell/contracts/maintenance.ts';
import type { FirmwareReport, FirmwareType } from '@carebell/contracts/maintenance.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { ReferenceInput } from '../registry-forms/ReferenceInput.tsx';
import '../hand-over/hand-over.css';

const refreshEveryMs = 30_000;

/** Which versions there are, how many of each, and which of them are not the wished ones. */
export function FirmwareTab() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ['maintenance', 'firmware'],
    queryFn: () => resultOrThrow(api.call('GET', '/maintenance/firmware', firmwareSchema)),
    refetchInterval: refreshEveryMs,
  });
  const typeText = useTypeText();
  if (data === undefined) {
    return error === null ? <PageLoading /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <p className="dim">{t('maintenance.firmwareHint')}</p>
      {data.versions.length === 0 ? (
        <p className="list-empty">{t('maintenance.noVersions')}</p>
      ) : (
        <table className="plain-table stacked" data-testid="versions">
          <thead>
            <tr>
              <th>{t('maintenance.type')}</th>
              <th>{t('maintenance.version')}</th>
              <th>{t('maintenance.count')}</th>
              <th>{t('maintenance.outdated')}</th>
            </tr>
          </thead>
          <tbody>
            {data.versions.map(({ type, version, count, outdated }) => (
              <tr key={`${type} ${version}`}>
                <td data-label={t('maintenance.type')}>{typeText(type)}</td>
                <td data-label={t('maintenance.version')}>
                  <code>{version}</code>
                </td>
                <td data-label={t('maintenance.count')} className="number">
                  {count}
                </td>
                <td data-label={t('maintenance.outdated')} className={outdated > 0 ? 'warning' : undefined}>
                  {outdated}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2 data-testid="wishes">{t('maintenance.wishes')}</h2>
      <Wishes wishes={data.wishes} mayWrite={may('registry.write')} />
    </>
  );
}

function useTypeText(): (type: FirmwareType) => string {
  const { t } = useTranslation();
  return (type) => (type === 'gateway' ? t('maintenance.gateway') : t(`deviceType.${type}`));
}

function Wishes({ wishes, mayWrite }: { wishes: FirmwareReport['wishes']; mayWrite: boolean }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session } = useSession();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const typeText = useTypeText();
  const [organisationId, setOrganisationId] = useState<string | undefined>(session.user.organisationId);
  const [type, setType] = useState<FirmwareType>('button');
  const [version, setVersion] = useState('');

  async function wish(wished: { organisationId: string; type: FirmwareType; version: string | null }) {
    const answer = await api.call('PUT', '/maintenance/firmware', firmwareSchema, wished);
    if (answer.ok) setVersion('');
    else void message.error(problemText(answer.problem));
    await queries.invalidateQueries({ queryKey: ['maintenance'] });
  }

  return (
    <>
      {wishes.length === 0 && <p className="dim">{t('maintenance.noWishes')}</p>}
      <ul className="wishes">
        {wishes.map((one) => (
          <li key={`${one.organisationId} ${one.type}`}>
            <span>
              {one.organisationName} · {typeText(one.type)} · <code>{one.version}</code>
            </span>
            {mayWrite && one.isOwn && (
              <Button
                onClick={() =>
                  void wish({ organisationId: one.organisationId, type: one.type, version: null })
                }
              >
                {t('maintenance.unwish')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <form
          className="wish-form not-for-print"
          onSubmit={(event) => {
            event.preventDefault();
            if (organisationId === undefined || version.trim() === '') return;
            void wish({ organisationId, type, version: version.trim() });
          }}
        >
          <div className="wish-field">
            <label htmlFor="wish-organisation">{t('maintenance.wishAt')}</label>
            <ReferenceInput
              id="wish-organisation"
              of="organisations"
              value={organisationId}
              isClearable={false}
              disabled={false}
              onChange={setOrganisationId}
            />
          </div>
          <label className="wish-field">
            {t('maintenance.type')}
            <select
              className="plain-input"
              value={type}
              onChange={(event) =>
                setType(firmwareTypes.find((one) => one === event.target.value) ?? 'button')
              }
            >
              {firmwareTypes.map((one) => (
                <option key={one} value={one}>
                  {typeText(one)}
                </option>
              ))}
            </select>
          </label>
          <label className="wish-field">
            {t('maintenance.version')}
            <input
              className="plain-input"
              maxLength={64}
              value={version}
              onChange={(event) => setVersion(event.target.value)}
            />
          </label>
          <Button type="primary" size="large" htmlType="submit">
            {t('maintenance.wish')}
          </Button>
        </form>
      )}
    </>
  );
}
