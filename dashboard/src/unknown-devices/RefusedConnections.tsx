import { pageOf, refusalSchema } from '@carebell/contracts/http-api.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';

const refreshEveryMs = 5_000;
const reasons = ['unknown-account', 'wrong-secret', 'malformed-user-name', 'no-user-name'] as const;
const page = pageOf(refusalSchema);

/** Who knocks over MQTT and is not let in: a device of its own that nobody has entered, or that has a wrong secret. */
export function RefusedConnections() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { timeZone } = useSession().session.hub;
  const { data } = useQuery({
    queryKey: ['refused-connections'],
    queryFn: async () => {
      const asked = reasons.map((reason) =>
        resultOrThrow(api.call('GET', `/refusals?days=7&limit=50&reason=${reason}`, page)),
      );
      const found = (await Promise.all(asked)).flatMap(({ items }) => items);
      return found.toSorted((a, b) => Date.parse(b.lastAt) - Date.parse(a.lastAt));
    },
    refetchInterval: refreshEveryMs,
  });
  if (data === undefined || data.length === 0) return null;
  return (
    <details className="refused-connections" data-testid="refused-connections">
      <summary>{t('unknown.connections', { n: data.length })}</summary>
      <p className="dim">{t('unknown.connectionsHint')}</p>
      <ul className="unknown-said">
        {data.map((refusal) => (
          <li key={`${refusal.day} ${refusal.reason} ${refusal.subject}`}>
            <code>{refusal.subject}</code> {t(`refusalReason.${reasonOf(refusal.reason)}`)} ×{refusal.count}{' '}
            <span className="dim">{dayAndTime(refusal.lastAt, timeZone)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function reasonOf(name: string): (typeof reasons)[number] {
  return reasons.find((reason) => reason === name) ?? 'unknown-account';
}
