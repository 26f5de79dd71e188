import type { ReactNode } from 'react';
import { PageLoading } from './PageLoading.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import './lists.css';

type Props = {
  title: string;
  hint?: string | undefined;
  tools?: ReactNode;
  error: Error | null;
  onRetry: () => void;
  /** `undefined` while it loads. */
  count: number | undefined;
  empty: string;
  children: ReactNode;
};

/** The frame of every read-only list, with its states: loading, failed, empty, filled. */
export function ListPage({ title, hint, tools, error, onRetry, count, empty, children }: Props) {
  return (
    <main className="list-page">
      <header>
        <h1>
          {title} {count !== undefined && <small>{count}</small>}
        </h1>
        {hint !== undefined && <p className="dim">{hint}</p>}
        <div className="list-tools">{tools}</div>
      </header>
      {error !== null && <ProblemNotice error={error} onRetry={onRetry} />}
      {error === null && count === undefined && <PageLoading />}
      {count === 0 && <p className="list-empty">{empty}</p>}
      {count !== undefined && count > 0 && children}
    </main>
  );
}
