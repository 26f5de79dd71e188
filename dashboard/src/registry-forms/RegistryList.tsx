import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useRegistryApi } from './registry-api.ts';
import type { Item, Kind, Query } from './registry-api.ts';
import { SectionTabs } from './SectionTabs.tsx';
import type { Section } from './sections.ts';
import '../app/lists.css';
import './registry.css';

/** A search waits until nobody has typed for this long. */
const typingPauseMs = 200;

type Props<K extends Kind> = {
  kind: K;
  section: Section;
  title: string;
  empty: string;
  /** What the list is searched by; without it the hub knows no search of this kind. */
  searchHint?: string;
  filter?: Query;
  tools?: ReactNode;
  create?: { to: string; label: string } | undefined;
  refreshEveryMs?: number;
  renderItem: (item: Item<K>) => ReactNode;
};

/** One list of the registry, page by page from the hub, with all its states. */
export function RegistryList<K extends Kind>(props: Props<K>) {
  const { kind, section, title, empty, searchHint, filter = {}, tools, create, renderItem } = props;
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const [address, setAddress] = useSearchParams();
  const q = address.get('q') ?? '';
  const [typed, setTyped] = useState(q);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() === q) return;
      setAddress(
        (before) => {
          const next = new URLSearchParams(before);
          if (typed.trim() === '') next.delete('q');
          else next.set('q', typed.trim());
          return next;
        },
        { replace: true },
      );
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, q, setAddress]);

  const list = useInfiniteQuery({
    queryKey: [kind, 'list', q, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => registry.list(kind, { ...filter, q, cursor: pageParam }),
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: (previous) => previous,
    ...(props.refreshEveryMs === undefined ? {} : { refetchInterval: props.refreshEveryMs }),
  });
  const { data, error, refetch, isPlaceholderData, hasNextPage } = list;
  const items = data?.pages.flatMap((page) => page.items);
  const clear = () => setTyped('');

  return (
    <main className="list-page">
      <SectionTabs section={section} />
      <header>
        <h1>
          {title}{' '}
          {items !== undefined && items.length > 0 && (
            <small aria-live="polite">
              {t(hasNextPage ? 'list.countMore' : 'list.count', { n: items.length })}
            </small>
          )}
        </h1>
        <div className="list-tools">
          {searchHint !== undefined && (
            <Input
              allowClear
              size="large"
              className="list-search"
              type="search"
              placeholder={searchHint}
              aria-label={searchHint}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
          {tools}
          {create !== undefined && (
            <Link className="action-link" to={create.to}>
              + {create.label}
            </Link>
          )}
        </div>
      </header>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && items === undefined && <PageLoading />}
      {items?.length === 0 && (
        <div className="list-empty">
          <p>{q === '' ? empty : t('list.noMatch', { q })}</p>
          {q !== '' && <Button onClick={clear}>{t('list.clear')}</Button>}
        </div>
      )}
      {items !== undefined && items.length > 0 && (
        <ul className="record-lines" aria-busy={isPlaceholderData}>
          {items.map((item) => (
            <li key={item.id}>{renderItem(item)}</li>
          ))}
        </ul>
      )}
      <MorePages of={list} />
    </main>
  );
}
