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
import '../hand-over/hand-over.css';
import './visits.css';

const tabs = ['due', 'away', 'followUps'] as const;
type Tab = (typeof tabs)[number];
const shows = ['due', 'overdue', 'street', 'district'] as const;
/** By street and number as a person walks, 9 before 10. */
const streetOrder = new Intl.Collator('zh-CN', { numeric: true });
const byAddress = (a: DueResident, b: DueResident): number => streetOrder.compare(a.address, b.address);

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
  const [address, setAddress] = useSearchParams();
  const isByAddress = address.get('order') === 'address';
  const show = shows.find((one) => one === address.get('show')) ?? 'due';
  const list = useDue(state === 'away' ? 'away' : show);
  const [sought, setSought] = useState('');
  const [opened, setOpened] = useState<Opened>();
  const [isScanning, setScanning] = useState(false);
  const home = address.get('home') ?? '';
  const all = list.data?.pages.flatMap(({ items }) => items);
  const found = all?.filter(
    ({ residentName, address: street, grid, dwellingId }) =>
      (home === '' || dwellingId === home) &&
      [residentName, street, grid ?? ''].some((text) => text.includes(sought.trim())),
  );
  const shown = isByAddress ? found?.toSorted(byAddress) : found;
  const isWaiting = (residentId: string) =>
    keeping.kept.some(({ visit, why }) => visit.residentId === residentId && why === null);

  function choose(name: string, value: string, usual: string): void {
    const next = new URLSearchParams(address);
    if (value === usual) next.delete(name);
    else next.set(name, value);
    setAddress(next, { replace: true });
  }

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
          <select
            className="plain-input"
            value={show}
            aria-label={t('visit.show.label')}
            data-testid="visit-show"
            onChange={(event) => choose('show', event.target.value, 'due')}
          >
            {shows.map((one) => (
              <option key={one} value={one}>
                {t(`visit.show.${one}`)}
              </option>
            ))}
          </select>
        )}
        <select
          className="plain-input"
          value={isByAddress ? 'address' : 'until'}
          aria-label={t('visit.order.label')}
          onChange={(event) => choose('order', event.target.value, 'until')}
        >
          {(['until', 'address'] as const).map((one) => (
            <option key={one} value={one}>
              {t(`visit.order.${one}`)}
            </option>
          ))}
        </select>
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
