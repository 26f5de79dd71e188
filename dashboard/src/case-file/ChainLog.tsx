import type { CaseFile } from '@carebell/contracts/case-file.ts';
import { useTranslation } from 'react-i18next';
import { dateAndTime } from '../app/instants.ts';

/** Whether the steps are as they were recorded, and their hashes, so that paper and file can be compared. */
export function ChainLog({ file, timeZone }: { file: CaseFile; timeZone: string }) {
  const { t } = useTranslation();
  const { chain, log, timeline } = file;
  const steps = new Map(timeline.map((entry) => [entry.seq, entry.step]));
  return (
    <section className="chain" data-holds={chain.holds}>
      <h2>{t('caseFile.chain')}</h2>
      <p className="chain-verdict" data-testid="chain-verdict" role={chain.holds ? undefined : 'alert'}>
        <strong>{chain.holds ? `✓ ${t('caseFile.holds')}` : `✗ ${t('caseFile.broken')}`}</strong>{' '}
        {chain.holds
          ? t('caseFile.holdsHint', { n: chain.steps })
          : t(`caseFile.${chain.fault ?? 'step-changed'}`, { seq: chain.brokenAt ?? '—' })}
      </p>
      <table className="plain-table">
        <caption>{t('caseFile.logHint')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('caseFile.seq')}</th>
            <th scope="col">{t('caseFile.at')}</th>
            <th scope="col">{t('caseFile.step')}</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {log.map(({ seq, atMs, hash }) => (
            <tr key={seq} data-broken={chain.brokenAt === seq}>
              <td className="number">{seq}</td>
              <td>{dateAndTime(atMs, timeZone)}</td>
              <td>
                <code>{steps.get(seq)}</code>
              </td>
              <td>
                <code>{hash ?? '—'}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
