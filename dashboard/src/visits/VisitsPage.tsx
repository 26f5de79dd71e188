import { labelledIn } from '@carebell/contracts/labels.ts';
import type { DueResident } from '@carebell/contracts/visits.ts';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { ScanDialog } from '../labels/ScanDialog.tsx';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { DueLine } from './DueLine.tsx';
import { KeptNotice } from './KeptNotice.tsx';
import { VisitFollowUps } from './VisitFollowUps.tsx';
import { VisitForm } from './VisitForm.tsx';
import { useDue, useKeptVisits } from './visit-queries.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './visits.css';

const tabs = ['due', 'away', 'followUps'] as const;
type Tab = (typeof tabs)[number];
type Opened = { resident: DueResident; isLabelled: boolean };

/** Whom to visit, on a phone or a screen: call, go there, check in, write down what was found. */
export function VisitsPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const tab: Tab = tabs.find((one) => one === address.get('tab')) ?? 'due';
  const keeping = useKeptVisits();
  return (
    <main className="list-page visits">
      <SectionTabs section="residents" />
      <header>
        <h1>{t('visit.title')}</h1>
        <p className="dim">{t('visit.hint')}</p>
      </header>
      <KeptNotice keeping={keeping} />
      <nav className="visit-tabs" aria-label={t('visit.title')}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={tab === one ? 'page' : undefined}
            data-testid={`visit-tab-${one}`}
            onClick={() => setAddress(one === 'due' ? {} : { tab: one }, { replace: true })}
          >
            {t(`visit.tab.${one}`)}
          </button>
        ))}
      </nav>
      {tab === 'followUps' ? <VisitFollowUps /> : <DueList key={tab} state={tab} keeping={keeping} />}
    </main>
  );
}

type ListProps = { state: 'due' | 'away'; keeping: ReturnType<typeof useKeptVisits> };

function DueList({ state, keeping }: ListProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [address] = useSearchParams();
  const list = useDue(state);
  const [sought, setSought] = useState('');
  const [opened, setOpened] = useState<Opened>();
  const [isScanning, setScanning] = useState(false);
  const home = address.get('home') ?? '';
  const all = list.data?.pages.flatMap(({ items }) => items);
  const shown = all?.filter(
    ({ residentName, address: street, grid, dwellingId }) =>
      (home === '' || dwellingId === home) &&
      [residentName, street, grid ?? ''].some((text) => text.includes(sought.trim())),
  );
  const isWaiting = (residentId: string) =>
    keeping.kept.some(({ visit, why }) => visit.residentId === residentId && why === null);

  function openHome(text: string): boolean {
    const labelled = labelledIn(text);
    if (labelled?.of !== 'dwelling') return false;
    setScanning(false);
    const resident = all?.find(({ dwellingId }) => dwellingId === labelled.id);
    if (resident === undefined) void message.info(t('visit.notHere'));
    else setOpened({ resident, isLabelled: true });
    return true;
  }

  return (
    <>
      <div className="visit-tools">
        <Input
          allowClear
          size="large"
          value={sought}
          aria-label={t('visit.find')}
          placeholder={t('visit.find')}
          onChange={(event) => setSought(event.target.value)}
        />
        {state === 'due' && (
          <Button size="large" data-testid="visit-scan" onClick={() => setScanning(true)}>
            {t('visit.scan')}
          </Button>
        )}
      </div>
      {list.error !== null && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.error === null && all === undefined && <PageLoading />}
      {shown?.length === 0 && (
        <p className="list-empty" data-testid="visits-empty">
          ✓ {t(state === 'due' ? 'visit.empty' : 'visit.emptyAway')}
        </p>
      )}
      <ul className="visit-list" data-testid="visits-due">
        {shown?.map((resident) => (
          <DueLine
            key={resident.residentId}
            resident={resident}
            isWaiting={isWaiting(resident.residentId)}
            onRecord={() => setOpened({ resident, isLabelled: home === resident.dwellingId })}
          />
        ))}
      </ul>
      <MorePages of={list} />
      {isScanning && (
        <ScanDialog title={t('visit.scanTitle')} onCode={openHome} onClose={() => setScanning(false)} />
      )}
      {opened !== undefined && (
        <VisitForm {...opened} record={keeping.record} onClose={() => setOpened(undefined)} />
      )}
    </>
  );
}
