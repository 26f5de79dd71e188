import { auditEntrySchema, auditTopicNames, auditTopics } from '@carebell/contracts/audit.ts';
import type { AuditEntry, AuditTopic } from '@carebell/contracts/audit.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { exists } from 'i18next';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dateAndTime } from '../app/instants.ts';
import { ListPage } from '../app/ListPage.tsx';
import { MorePages } from '../app/MorePages.tsx';
import { WordOrCode } from '../app/WordOrCode.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { ReferenceName } from '../registry-forms/FieldValue.tsx';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { ruleOfId } from '../rules/rule-names.ts';
import '../hand-over/hand-over.css';
import '../registry-forms/registry.css';
import '../drill/drill.css';

/** What is seen names where it was seen, what is changed the fields. */
const viewedIn: ReadonlySet<string> = new Set([
  ...auditTopics['medical-views'],
  ...auditTopics['access-views'],
]);
const entries = pageOf(auditEntrySchema);

/** Who read or took personal data, who practised, who changed accounts and rules. */
export function RecordsPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session } = useSession();
  const [address, setAddress] = useSearchParams();
  const topic: AuditTopic = auditTopicNames.find((name) => name === address.get('topic')) ?? 'medical-views';
  const list = useInfiniteQuery({
    queryKey: ['audit', topic],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      resultOrThrow(
        api.call(
          'GET',
          `/audit?topic=${topic}&limit=100${pageParam === '' ? '' : `&cursor=${pageParam}`}`,
          entries,
        ),
      ),
    getNextPageParam: (page) => page.cursor ?? undefined,
  });
  const { data, error, refetch } = list;
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <div className="drills">
      <SectionTabs section="numbers" />
      <ListPage
        title={t('records.title')}
        hint={t('records.hint')}
        tools={
          <select
            className="plain-input"
            aria-label={t('records.topic')}
            data-testid="records-topic"
            value={topic}
            onChange={(event) => setAddress({ topic: event.target.value }, { replace: true })}
          >
            {auditTopicNames.map((name) => (
              <option key={name} value={name}>
                {t(`records.topics.${name}`)}
              </option>
            ))}
          </select>
        }
        error={error}
        onRetry={() => void refetch()}
        count={items?.length}
        empty={t('records.empty')}
      >
        <table className="plain-table stacked" data-testid="records">
          <thead>
            <tr>
              {(['at', 'who', 'what', 'whose', 'where'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`records.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items?.map((entry) => (
              <EntryRow key={entry.seq} entry={entry} timeZone={session.hub.timeZone} />
            ))}
          </tbody>
        </table>
        <MorePages of={list} />
      </ListPage>
    </div>
  );
}

function EntryRow({ entry, timeZone }: { entry: AuditEntry; timeZone: string }) {
  const { t } = useTranslation();
  const alarm = entry.fields.find((field) => field.startsWith('alarm:'))?.slice('alarm:'.length);
  const fields = entry.fields.filter((field) => !field.startsWith('alarm:'));
  return (
    <tr>
      <td data-label={t('records.at')}>{dateAndTime(entry.at, timeZone)}</td>
      <td data-label={t('records.who')}>{entry.by.displayName}</td>
      <td data-label={t('records.what')}>
        <WordOrCode path={`auditKind.${entry.kind}`} />
      </td>
      <td data-label={t('records.whose')}>
        {entry.residentId === null ? (
          entry.kind === 'rules-changed' ? (
            <ReferenceName of="organisations" id={entry.id} />
          ) : (
            <code>{entry.id}</code>
          )
        ) : (
          <Link to={`/residents/${entry.residentId}`}>{entry.residentId}</Link>
        )}
      </td>
      <td data-label={t('records.where')}>
        {fields.map((field, index) => (
          <Fragment key={field}>
            {index > 0 && ', '}
            {entry.kind === 'rules-changed' ? (
              <ChangedRule field={field} />
            ) : (
              <WordOrCode path={viewedIn.has(entry.kind) ? `seenIn.${field}` : `field.${field}`} />
            )}
          </Fragment>
        ))}{' '}
        {alarm !== undefined && <Link to={`/alarms/${alarm}`}>{t('records.alarm')}</Link>}
      </td>
    </tr>
  );
}

/** `not-back.afterMinutes`: the rule, and what of it was changed. */
function ChangedRule({ field }: { field: string }) {
  const { t } = useTranslation();
  const [ruleId = '', part = ''] = field.split('.');
  const path = exists(`rule.part.${part}`) ? `rule.part.${part}` : `rule.field.${part}`;
  return (
    <>
      {ruleId in ruleOfId ? t(`kind.${ruleOfId[ruleId as keyof typeof ruleOfId]}`) : <code>{ruleId}</code>}{' '}
      <WordOrCode path={path} />
    </>
  );
}
