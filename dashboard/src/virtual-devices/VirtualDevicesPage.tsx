import { openedTestDwellingSchema } from '@carebell/contracts/virtual-devices.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { clockTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { keepOpened, readOpened } from './opened-dwelling.ts';
import { VirtualDeviceCard } from './VirtualDeviceCard.tsx';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './virtual-devices.css';

/** Devices of a test dwelling that live in this page, for those who install, train and try out. */
export function VirtualDevicesPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session } = useSession();
  const registry = useRegistryApi();
  const problemText = useProblemText();
  const now = useNow();
  const stations = useQuery({
    queryKey: ['stations', 'all'],
    queryFn: () => registry.list('stations', { limit: '500' }),
  });
  const [chosen, setChosen] = useState<string>();
  const [opened, setOpened] = useState(() => readOpened(sessionStorage));
  const [problem, setProblem] = useState<HubRefusal>();
  const [isOpening, setOpening] = useState(false);

  if (stations.error !== null)
    return <ProblemNotice error={stations.error} onRetry={() => void stations.refetch()} />;
  if (stations.data === undefined) return <PageLoading />;
  const { items } = stations.data;
  const stationId = chosen ?? opened?.stationId ?? items[0]?.id;

  async function open() {
    if (stationId === undefined) return;
    setOpening(true);
    const answer = await api.call('POST', '/virtual-devices', openedTestDwellingSchema, { stationId });
    setOpening(false);
    if (!answer.ok) return setProblem(answer.problem);
    setProblem(undefined);
    keepOpened(sessionStorage, answer.result);
    setOpened(answer.result);
  }

  const isOver = opened !== undefined && Date.parse(opened.testEndsAt) <= now;
  return (
    <main className="list-page virtual-page">
      <SectionTabs section="devices" />
      <header>
        <h1>{t('virtual.title')}</h1>
        <p className="dim">{t('virtual.about')}</p>
        <div className="list-tools">
          <Select
            aria-label={t('virtual.station')}
            className="virtual-station"
            value={stationId ?? null}
            options={items.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setChosen}
          />
          <Button
            type="primary"
            loading={isOpening}
            disabled={stationId === undefined}
            data-testid="open-test-dwelling"
            onClick={() => void open()}
          >
            {opened === undefined || opened.stationId !== stationId
              ? t('virtual.open')
              : t('virtual.openAgain')}
          </Button>
          {opened !== undefined && !isOver && (
            <span className="virtual-test">
              {t('virtual.underTest', {
                time: clockTime(opened.testEndsAt, session.hub.timeZone).slice(0, 5),
              })}
            </span>
          )}
        </div>
        {isOver && (
          <p className="problem" role="alert">
            {t('virtual.testOver')}
          </p>
        )}
        {problem !== undefined && (
          <p className="problem" role="alert">
            {problemText(problem)}
          </p>
        )}
      </header>
      {opened === undefined ? (
        <p className="list-empty">{t('virtual.none')}</p>
      ) : (
        <>
          <div className="virtual-cards">
            {opened.devices.map((device) => (
              <VirtualDeviceCard key={`${device.id} ${device.secret}`} device={device} />
            ))}
          </div>
          <p className="dim">{t('virtual.rules')}</p>
          <p className="dim">{t('virtual.secrets')}</p>
        </>
      )}
    </main>
  );
}
