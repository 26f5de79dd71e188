import { Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Difference } from './differences.ts';
import { useFieldWords } from './field-words.ts';
import type { FieldName } from './field-words.ts';
import { FieldValue } from './FieldValue.tsx';

type Choices = Record<string, 'mine' | 'theirs'>;
type Props = {
  differences: readonly Difference[];
  labels: Readonly<Record<string, FieldName>>;
  onSave: (choices: Choices) => void;
  onCancel: () => void;
};

/** The later of two people decides, field by field, what is kept. */
export function DifferencesDialog({ differences, labels, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const [choices, setChoices] = useState<Choices>({});
  return (
    <Modal
      open
      centered
      width={720}
      title={t('conflict.title')}
      onCancel={onCancel}
      footer={
        <>
          <Button onClick={onCancel}>{t('conflict.cancel')}</Button>
          <Button type="primary" onClick={() => onSave(choices)}>
            {t('conflict.save')}
          </Button>
        </>
      }
    >
      <p>{t('conflict.text')}</p>
      <div className="differences" data-testid="differences">
        {differences.map(({ field, before, mine, theirs, kept }) => (
          <fieldset key={field.name}>
            <legend>{words.label(field.name, labels)}</legend>
            <p className="dim">
              {t('conflict.before')} <FieldValue field={field} value={before} />
            </p>
            <Radio.Group
              value={choices[field.name] ?? kept}
              onChange={(event) =>
                setChoices({ ...choices, [field.name]: event.target.value as 'mine' | 'theirs' })
              }
            >
              <Radio value="theirs">
                <strong>{t('conflict.theirs')}</strong> <FieldValue field={field} value={theirs} />
              </Radio>
              <Radio value="mine">
                <strong>{t('conflict.mine')}</strong> <FieldValue field={field} value={mine} />
              </Radio>
            </Radio.Group>
          </fieldset>
        ))}
      </div>
    </Modal>
  );
}
