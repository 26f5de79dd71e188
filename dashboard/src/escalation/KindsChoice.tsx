import { alarmKindNames } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  kinds: readonly AlarmKind[];
  isDisabled: boolean;
  onChange: (kinds: AlarmKind[]) => void;
  complaint?: ReactNode;
};

/** For which kinds of alarm something is; none chosen means every kind. */
export function KindsChoice({ kinds, isDisabled, onChange, complaint }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className="policy-choice">
      <legend>{t('policy.kinds')}</legend>
      <Checkbox.Group<AlarmKind>
        disabled={isDisabled}
        value={[...kinds]}
        options={alarmKindNames.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={onChange}
      />
      {kinds.length === 0 && <span className="field-hint dim">{t('policy.everyKind')}</span>}
      {complaint}
    </fieldset>
  );
}
