import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ReferenceName } from '../registry-forms/FieldValue.tsx';
import { DevicesStep } from './DevicesStep.tsx';
import { DwellingStep } from './DwellingStep.tsx';
import { GatewayStep } from './GatewayStep.tsx';
import { newGuide, rememberedGuide, rememberGuide } from './guide.ts';
import type { Guide } from './guide.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './registering.css';

const steps = ['dwelling', 'gateway', 'devices'] as const;

/** Puts a dwelling in with all that hangs there, one thing after the other, with one thumb. It goes on where it was left. */
export function RegisterPage() {
  const { t } = useTranslation();
  const [guide, setGuide] = useState(() => rememberedGuide(localStorage));
  const go = (change: Partial<Guide>) => {
    const next = { ...guide, ...change };
    rememberGuide(localStorage, next);
    setGuide(next);
  };
  const finish = () => {
    rememberGuide(localStorage, null);
    setGuide(newGuide);
  };
  return (
    <main className="list-page register-page">
      <header>
        <h1>{t('registering.title')}</h1>
        <Link className="register-home" to="/workbench">
          {t('registering.workbench')}
        </Link>
      </header>
      <ol className="register-steps" aria-label={t('registering.steps')}>
        {steps.map((step, index) => (
          <li key={step} aria-current={guide.step === step ? 'step' : undefined}>
            <button type="button" disabled={steps.indexOf(guide.step) <= index} onClick={() => go({ step })}>
              {t(`registering.step.${step}`)}
            </button>
          </li>
        ))}
      </ol>
      {guide.dwellingId !== null && guide.step !== 'dwelling' && (
        <p className="register-place">
          <ReferenceName of="dwellings" id={guide.dwellingId} />
        </p>
      )}
      {guide.step === 'dwelling' && <DwellingStep guide={guide} go={go} />}
      {guide.step === 'gateway' && <GatewayStep guide={guide} go={go} />}
      {guide.step === 'devices' && <DevicesStep guide={guide} go={go} finish={finish} />}
    </main>
  );
}
