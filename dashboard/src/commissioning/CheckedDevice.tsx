import type { Check, CommissionedDevice } from '@carebell/contracts/commissioning.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { CheckFacts } from './CheckFacts.tsx';
import { useCommissioningSteps } from './commissioning-query.ts';
import { RetestMark } from './RetestMark.tsx';
import { SkipForm } from './SkipForm.tsx';
import { useDoText } from './use-do-text.ts';

type Props = { device: CommissionedDevice; commissioningId: string; isOpen: boolean };

const signs = { passed: '✓', skipped: '↷', waiting: '○' } as const;

/** A device with its checks, in the order in which they are done. */
export function CheckedDevice({ device, commissioningId, isOpen }: Props) {
  const { t } = useTranslation();
  const { deviceId, name, room, type, checks } = device;
  const title = [name === '' ? deviceId : name, room].filter((part) => part !== '').join(' · ');
  const passed = checks.filter(({ state }) => state !== 'waiting').length;
  return (
    <section className="checked-device" data-testid={`device-${deviceId}`}>
      <h2>
        <Link to={`/devices/${encodeURIComponent(deviceId)}`}>{title}</Link>{' '}
        <small>
          {t(`deviceType.${type}`)} · {passed}/{checks.length}
        </small>
      </h2>
      {!isOpen && <RetestMark about={{ deviceId }} />}
      <ol className="check-cards">
        {checks.map((check) => (
          <CheckCard
            key={check.key}
            check={check}
            device={device}
            commissioningId={commissioningId}
            isOpen={isOpen}
          />
        ))}
      </ol>
    </section>
  );
}

function CheckCard({ check, device, commissioningId, isOpen }: Props & { check: Check }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { act } = useCommissioningSteps();
  const doText = useDoText();
  const [isSkipping, setSkipping] = useState(false);
  const { key, state, progress, next } = check;
  const of = { deviceId: device.deviceId, key };
  const mayAct = isOpen && may('device.write');
  return (
    <li className="check-card" data-state={state} data-testid={`check-${device.deviceId}-${key}`}>
      <div className="check-head">
        <span className="check-sign" aria-hidden="true">
          {signs[state]}
        </span>
        <strong>{t(`commissioning.check.${key}`)}</strong>
        <span className="check-state">
          {state === 'waiting' && progress.of > 1
            ? `${progress.have}/${progress.of}`
            : t(`commissioning.checkState.${state}`)}
        </span>
      </div>
      {isOpen && next !== null && <output className="check-next">{doText(next)}</output>}
      <CheckFacts check={check} />
      {check.skipped !== null && (
        <p>
          {check.skipped.reason} <span className="dim">({check.skipped.by.displayName})</span>
        </p>
      )}
      {mayAct && isSkipping && (
        <SkipForm
          title={t('commissioning.skipTitle', { check: t(`commissioning.check.${key}`) })}
          onCancel={() => setSkipping(false)}
          onSkip={async (body) => {
            if (await act(commissioningId, 'skip', { ...of, ...body })) setSkipping(false);
          }}
        />
      )}
      {mayAct && !isSkipping && (
        <div className="big-buttons">
          {next === 'confirmation' && (
            <button
              type="button"
              className="big-button"
              data-main="true"
              data-testid={`confirm-${device.deviceId}`}
              onClick={() => void act(commissioningId, 'confirm', of)}
            >
              {t('commissioning.confirm')}
            </button>
          )}
          {state === 'waiting' ? (
            <button
              type="button"
              className="big-button"
              data-testid={`skip-${device.deviceId}-${key}`}
              onClick={() => setSkipping(true)}
            >
              {t('commissioning.skip')}
            </button>
          ) : (
            <button
              type="button"
              className="big-button"
              onClick={() => void act(commissioningId, 'again', of)}
            >
              {t('commissioning.again')}
            </button>
          )}
        </div>
      )}
    </li>
  );
}
