import type { CaseFile } from '@carebell/contracts/case-file.ts';
import { useTranslation } from 'react-i18next';
import { proofText } from '../alarm/handling-step-text.ts';
import { dateAndTime, elapsed } from '../app/instants.ts';

/** The instants from the press to the end, each with the time since the press; the outcome; what was missed and why. */
export function CaseFacts({ file, timeZone }: { file: CaseFile; timeZone: string }) {
  const { t } = useTranslation();
  const pressedMs = Date.parse(file.pressedAt);
  const instants = [
    ['pressed', file.pressedAt],
    ['stored', file.raisedAt],
    ['displayed', file.displayedAt],
    ['acknowledged', file.acknowledgedAt],
    ['closed', file.closedAt],
  ] as const;
  const missed = file.escalation?.missed ?? [];
  return (
    <dl className="case-facts">
      {instants.map(([name, at]) => (
        <div key={name}>
          <dt>{t(`caseFile.${name}`)}</dt>
          <dd>
            {at === null ? '—' : dateAndTime(at, timeZone)}
            {at !== null && <small>+{elapsed(Date.parse(at) - pressedMs)}</small>}
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('caseFile.owner')}</dt>
        <dd>{file.owner?.displayName ?? '—'}</dd>
      </div>
      <div>
        <dt>{t('caseFile.outcome')}</dt>
        <dd>
          {file.disposition === null ? '—' : t(`disposition.${file.disposition}`)}
          {file.closingProof !== undefined && <small>{proofText(t, file.closingProof)}</small>}
        </dd>
      </div>
      <div>
        <dt>{t('caseFile.device')}</dt>
        <dd>
          {file.deviceName ?? file.deviceId} <small>{file.deviceId}</small>
        </dd>
      </div>
      <div>
        <dt>{t('caseFile.missed')}</dt>
        <dd>
          {missed.length === 0
            ? t('caseFile.nothingMissed')
            : missed
                .map(
                  ({ deadline, reason }) =>
                    `${t(`missedDeadline.${deadline}`)}: ${t(`missReason.${reason}`)}`,
                )
                .join('; ')}
        </dd>
      </div>
    </dl>
  );
}
