import { requestNumbersSchema } from '@carebell/contracts/service-requests.ts';
import type { RequestNumbers, ServiceNumbers } from '@carebell/contracts/service-requests.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { Definition } from './Definition.tsx';
import { percent } from './percent.ts';
import { filled } from './report-query.ts';
import type { ReportChoice } from './report-query.ts';

const refreshEveryMs = 30_000;

/** Service requests of the same time and part: how many were asked, taken and arranged in time, and done. */
export function RequestNumbersCard({ choice }: { choice: ReportChoice }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { month, organisationId } = choice;
  const asked = new URLSearchParams(filled({ month, organisationId })).toString();
  const { data } = useQuery({
    queryKey: ['request-numbers', asked],
    queryFn: () =>
      resultOrThrow(api.call<RequestNumbers>('GET', `/requests/numbers?${asked}`, requestNumbersSchema)),
    refetchInterval: refreshEveryMs,
    placeholderData: keepPreviousData,
  });
  if (data === undefined) return null;
  const rows = [
    ...data.byKind.map(({ kind, numbers }) => ({ name: t(`kind.${kind}`), numbers })),
    { name: t('numbers.all'), numbers: data.all },
  ];
  return (
    <section className="history-card" data-testid="request-numbers">
      <h2>
        {t('request.title')} <Definition of="requests" />
      </h2>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              {(
                [
                  'kindOf',
                  'asked',
                  'taken',
                  'arranged',
                  'done',
                  'refused',
                  'cancelled',
                  'open',
                  'feedback',
                ] as const
              ).map((name) => (
                <th key={name} scope="col">
                  {t(`request.number.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, numbers }) => (
              <Row key={name} name={name} numbers={numbers} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ name, numbers }: { name: string; numbers: ServiceNumbers }) {
  const share = ({ met, of }: { met: number; of: number }): string =>
    of === 0 ? '—' : `${percent(met / of)} (${met}/${of})`;
  const { asked, taken, arranged, done, refused, cancelled, open, feedback } = numbers;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{asked}</td>
      <td>{share(taken)}</td>
      <td>{share(arranged)}</td>
      <td>{done}</td>
      <td>{refused}</td>
      <td>{cancelled}</td>
      <td>{open}</td>
      <td>{feedback.mean === null ? '—' : `${feedback.mean.toFixed(1)} (${feedback.of})`}</td>
    </tr>
  );
}
