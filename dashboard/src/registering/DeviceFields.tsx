import { dwellingResidentsSchema } from '@carebell/contracts/registering.ts';
import { idInCode } from '@carebell/contracts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { ScanDialog } from '../labels/ScanDialog.tsx';
import { FieldInput } from '../registry-forms/FieldInput.tsx';
import { FieldNotes } from '../registry-forms/FieldNotes.tsx';
import type { FieldError } from '../registry-forms/field-errors.ts';
import { useFieldWords } from '../registry-forms/field-words.ts';
import type { Field, Values } from '../registry-forms/form-fields.ts';

type Props = {
  fields: readonly Field[];
  values: Values;
  errors: readonly FieldError[];
  dwellingId: string;
  isDisabled: boolean;
  onChange: (name: string, value: unknown) => void;
};

const rooms = ['bedroom', 'bathroom', 'livingRoom', 'kitchen', 'hall'] as const;

/** The questions of one step: large choices where there are few answers, the form's own inputs where there are many. */
export function DeviceFields({ fields, values, errors, dwellingId, isDisabled, onChange }: Props) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const formId = useId();
  const [scanned, setScanned] = useState<string>();
  const hints: Record<string, string> = {
    id: t('fieldHint.id'),
    gatewayId: t('fieldHint.gatewayId'),
    heardAs: t('fieldHint.heardAs'),
    signals: t('fieldHint.signals'),
  };
  const isRadio = values['gatewayId'] !== '' && values['gatewayId'] !== null;
  const asked = fields.filter(({ name }) => isRadio || (name !== 'heardAs' && name !== 'signals'));
  return (
    <>
      {asked.map((field) => {
        const { name } = field;
        const id = `${formId}-${name}`;
        const error = errors.find(({ path }) => path === name);
        const value = values[name];
        const set = (chosen: unknown) => onChange(name, chosen);
        return (
          <div key={name} className="field" data-field={name}>
            <label htmlFor={id} id={`${id}-label`}>
              {words.label(name)}
            </label>
            {name === 'type' ? (
              <Tiles
                label={`${id}-label`}
                value={String(value)}
                choices={field.options.map((option) => ({ value: option, text: words.option(name, option) }))}
                onChoose={set}
              />
            ) : name === 'residentId' ? (
              <ResidentTiles
                label={`${id}-label`}
                dwellingId={dwellingId}
                value={typeof value === 'string' ? value : ''}
                onChoose={set}
              />
            ) : (
              <FieldInput
                id={id}
                field={field}
                value={value}
                onChange={set}
                errors={errors}
                isDisabled={isDisabled}
              />
            )}
            {name === 'room' && (
              <div className="chips">
                {rooms.map((room) => (
                  <Button key={room} onClick={() => set(t(`room.${room}`))}>
                    {t(`room.${room}`)}
                  </Button>
                ))}
              </div>
            )}
            {(name === 'id' || name === 'heardAs') && (
              <Button size="large" onClick={() => setScanned(name)}>
                {t('scan.open')}
              </Button>
            )}
            <FieldNotes id={id} hint={hints[name]} error={error && words.error(error)} />
          </div>
        );
      })}
      {scanned !== undefined && (
        <ScanDialog
          title={t('registering.scanDevice')}
          onClose={() => setScanned(undefined)}
          onCode={(text) => {
            const id = idInCode(text);
            if (id === undefined) return false;
            onChange(scanned, id);
            setScanned(undefined);
            return true;
          }}
        />
      )}
    </>
  );
}

type Choice = { value: string; text: string };

function Tiles(props: {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChoose: (value: string) => void;
}) {
  const { label, value, choices, onChoose } = props;
  return (
    <fieldset className="tiles" aria-labelledby={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className="tile"
          aria-pressed={choice.value === value}
          onClick={() => onChoose(choice.value)}
        >
          {choice.text}
        </button>
      ))}
    </fieldset>
  );
}

/** Names as far as whoever puts the device up may read them. */
function ResidentTiles(props: {
  label: string;
  dwellingId: string;
  value: string;
  onChoose: (value: string) => void;
}) {
  const { label, dwellingId, value, onChoose } = props;
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { data } = useQuery({
    queryKey: ['dwelling-residents', dwellingId],
    queryFn: () =>
      resultOrThrow(
        api.call('GET', `/dwellings/${encodeURIComponent(dwellingId)}/residents`, dwellingResidentsSchema),
      ),
  });
  const choices = (data?.items ?? []).map(({ id, name }) => ({ value: id, text: name }));
  return (
    <>
      <Tiles
        label={label}
        value={value}
        choices={[...choices, { value: '', text: t('registering.nobodys') }]}
        onChoose={onChoose}
      />
      {data?.items.length === 0 && <p className="dim">{t('registering.noResidents')}</p>}
    </>
  );
}
