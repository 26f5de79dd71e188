import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { SectionTabs } from './SectionTabs.tsx';
import type { Section } from './sections.ts';
import '../app/lists.css';
import './registry.css';

type RecordTab = { key: string; label: string; content: ReactNode };

type Props = {
  section: Section;
  /** The address of the page without the tab. */
  path: string;
  title: ReactNode;
  facts?: ReactNode;
  tools?: ReactNode;
  tabs: readonly RecordTab[];
};

/** The page of one record; which tab is open stands in the address. */
export function RecordPage({ section, path, title, facts, tools, tabs }: Props) {
  const navigate = useNavigate();
  const { tab } = useParams();
  if (tab !== undefined && !tabs.some(({ key }) => key === tab)) return <Navigate to={path} replace />;
  return (
    <main className="list-page record-page">
      <SectionTabs section={section} />
      <header>
        <h1>{title}</h1>
        {facts !== undefined && <div className="record-facts">{facts}</div>}
        {tools !== undefined && <div className="list-tools">{tools}</div>}
      </header>
      <Tabs
        activeKey={tab ?? tabs[0]?.key ?? ''}
        onChange={(key) => void navigate(key === tabs[0]?.key ? path : `${path}/${key}`, { replace: true })}
        destroyOnHidden={false}
        items={tabs.map(({ key, label, content }) => ({ key, label, children: content }))}
      />
    </main>
  );
}

/** What stands there until the record has come, or if it does not come. */
export function RecordWaiting({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (error === null) return <PageLoading />;
  return (
    <main className="list-page">
      <ProblemNotice error={error} onRetry={onRetry} />
    </main>
  );
}
