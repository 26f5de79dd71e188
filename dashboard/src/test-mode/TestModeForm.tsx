import { testMinutes, testScopes } from '@carebell/contracts/test-mode.ts';
import type { TestScope } from '@carebell/contracts/test-mode.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';
import { ReferenceInput } from '../registry-forms/ReferenceInput.tsx';
import { useTestModeSteps } from './test-mode-query.ts';
import '../hand-over/hand-over.css';

const lengths = [30, 60, 120, 240, testMinutes.atMost];
const listOf = { device: 'devices', dwelling: 'dwellings', station: 'stations' } as const;

/** Chooses what is tested, and for how long. */
export function TestModeForm() {
  const { t } = useTranslation();
  const { may } = useSession();
  const steps = useTestModeSteps();
  const [of, setOf] = useState<TestScope>('dwelling');
  const [id, setId] = useState<string>();
  const [minutes, setMinutes] = useState<number>(testMinutes.default);
  const [reason, setReason] = useState('');
  async function begin(): Promise<void> {
    const test = id === undefined ? undefined : await steps.begin({ of, id, minutes, reason });
    if (test) setId(undefined);
  }
  const scopes = testScopes.filter((scope) => scope !== 'station' || may('test-mode.station'));
  return (
    <form
      className="big-fields"
      data-testid="test-form"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <fieldset className="big-buttons">
        <legend className="dim">{t('testMode.title')}</legend>
        {scopes.map((scope) => (
          <button
            key={scope}
            type="button"
            className="big-button"
            data-main={scope === of}
            aria-pressed={scope === of}
            onClick={() => {
              setOf(scope);
              setId(undefined);
            }}
          >
            {t(`testMode.${scope}`)}
          </button>
        ))}
      </fieldset>
      <label htmlFor="tested">
        <span>{t(`testMode.${of}`)}</span>
        <ReferenceInput
          key={of}
          id="tested"
          of={listOf[of]}
          value={id}
          isClearable
          disabled={false}
          onChange={setId}
        />
      </label>
      {of === 'station' && <p role="note">⚠ {t('testMode.stationToo')}</p>}
      <label>
        <span>{t('testMode.length')}</span>
        <select
          className="plain-input"
          value={minutes}
          onChange={(event) => setMinutes(Number(event.target.value))}
        >
          {lengths.map((one) => (
            <option key={one} value={one}>
              {one < 60 ? t('testMode.minutes', { n: one }) : t('testMode.hours', { n: one / 60 })}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('testMode.reason')}</span>
        <input
          className="plain-input"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="big-button" data-main="true" disabled={id === undefined}>
        {t('testMode.begin')}
      </button>
    </form>
  );
}
