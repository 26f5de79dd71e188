import { visitFrequencies } from '@carebell/contracts/visit-frequencies.ts';
import type { VisitFrequency } from '@carebell/contracts/visit-frequencies.ts';
import { useTranslation } from 'react-i18next';

type Props = {
  label: string;
  /** What holds if none is chosen. */
  without: string;
  value: VisitFrequency | undefined;
  testId?: string;
  onChange: (frequency: VisitFrequency | undefined) => void;
};

/** How often: one of its own, or what holds without one. */
export function FrequencySelect({ label, without, value, testId, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <label>
      <span>{label}</span>
      <select
        className="plain-input"
        value={value ?? ''}
        data-testid={testId}
        onChange={(event) => onChange(visitFrequencies.find((one) => one === event.target.value))}
      >
        <option value="">{without}</option>
        {visitFrequencies.map((one) => (
          <option key={one} value={one}>
            {t(`visitPlan.frequency.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
