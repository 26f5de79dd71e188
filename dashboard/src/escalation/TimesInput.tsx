import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import { Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { DurationInput, FieldComplaint } from './DurationInput.tsx';

type Props = {
  id: string;
  policy: EscalationPolicy;
  complaint: (path: string) => string | undefined;
  isDisabled: boolean;
  onChange: (change: Partial<EscalationPolicy>) => void;
};

const usualOnSite = { centre: 15 * 60_000, remote: 30 * 60_000 };

/** What is repeated, what ends, and until when everything must have happened. */
export function TimesInput({ id, policy, complaint, isDisabled, onChange }: Props) {
  const { t } = useTranslation();
  const { calls, deadlines, fall, kinds } = policy;
  const isForFalls = kinds.length === 0 || kinds.includes('fall') || kinds.includes('fall-suspected');
  const time = (path: string, label: string, ms: number, set: (ms: number) => void) => (
    <DurationInput
      id={`${id}-${path}`}
      label={label}
      ms={ms}
      error={complaint(path)}
      isDisabled={isDisabled}
      onChange={set}
    />
  );
  return (
    <>
      <fieldset className="policy-times" disabled={isDisabled}>
        <legend>{t('policy.afterwards')}</legend>
        {time('repeatEveryMs', t('policy.repeatEvery'), policy.repeatEveryMs, (repeatEveryMs) =>
          onChange({ repeatEveryMs }),
        )}
        <div className="field">
          <label htmlFor={`${id}-times`}>{t('policy.callTimes')}</label>
          <Select
            id={`${id}-times`}
            value={calls.times}
            disabled={isDisabled}
            options={[1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }))}
            onChange={(times) => onChange({ calls: { ...calls, times } })}
          />
          <FieldComplaint id={`${id}-times`} error={complaint('calls.times')} />
        </div>
        {time('calls.withinMs', t('policy.callWithin'), calls.withinMs, (withinMs) =>
          onChange({ calls: { ...calls, withinMs } }),
        )}
        {time(
          'acknowledgementExpiresAfterMs',
          t('policy.acknowledgementExpires'),
          policy.acknowledgementExpiresAfterMs,
          (acknowledgementExpiresAfterMs) => onChange({ acknowledgementExpiresAfterMs }),
        )}
        {time('remindEveryMs', t('policy.remindEvery'), policy.remindEveryMs, (remindEveryMs) =>
          onChange({ remindEveryMs }),
        )}
      </fieldset>
      <fieldset className="policy-times" disabled={isDisabled}>
        <legend>{t('policy.deadlines')}</legend>
        {time(
          'deadlines.answeredWithinMs',
          t('policy.answeredWithin'),
          deadlines.answeredWithinMs,
          (answeredWithinMs) => onChange({ deadlines: { ...deadlines, answeredWithinMs } }),
        )}
        {time(
          'deadlines.closedWithinMs',
          t('policy.closedWithin'),
          deadlines.closedWithinMs,
          (closedWithinMs) => onChange({ deadlines: { ...deadlines, closedWithinMs } }),
        )}
        <div className="field" data-input="switch">
          <label htmlFor={`${id}-on-site`}>{t('policy.onSite')}</label>
          <Switch
            id={`${id}-on-site`}
            disabled={isDisabled}
            checked={deadlines.onSiteWithinMs !== null}
            onChange={(isAsked) =>
              onChange({ deadlines: { ...deadlines, onSiteWithinMs: isAsked ? usualOnSite : null } })
            }
          />
        </div>
        {deadlines.onSiteWithinMs !== null &&
          (['centre', 'remote'] as const).map((area) => {
            const onSite = deadlines.onSiteWithinMs ?? usualOnSite;
            return (
              <DurationInput
                key={area}
                id={`${id}-${area}`}
                label={t(`policy.onSite-${area}`)}
                ms={onSite[area]}
                error={complaint(`deadlines.onSiteWithinMs.${area}`)}
                isDisabled={isDisabled}
                onChange={(ms) =>
                  onChange({ deadlines: { ...deadlines, onSiteWithinMs: { ...onSite, [area]: ms } } })
                }
              />
            );
          })}
      </fieldset>
      {isForFalls && (
        <fieldset className="policy-times" disabled={isDisabled}>
          <legend>{t('policy.falls')}</legend>
          {time('fall.graceMs', t('policy.grace'), fall.graceMs, (graceMs) =>
            onChange({ fall: { ...fall, graceMs } }),
          )}
          {time('fall.stillLyingAfterMs', t('policy.stillLying'), fall.stillLyingAfterMs, (ms) =>
            onChange({ fall: { ...fall, stillLyingAfterMs: ms } }),
          )}
        </fieldset>
      )}
    </>
  );
}
