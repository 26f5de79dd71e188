import { useTranslation } from 'react-i18next';
import { useFieldWords } from './field-words.ts';
import type { FieldName } from './field-words.ts';
import { FieldValue } from './FieldValue.tsx';
import type { Field, Values } from './form-fields.ts';
import { RecordForm } from './RecordForm.tsx';
import type { RecordFormProps } from './RecordForm.tsx';

/** A form for who may write, and the same fields to be read for who may not. */
export function RecordFields<R>({ mayWrite, ...form }: RecordFormProps<R> & { mayWrite: boolean }) {
  if (mayWrite) return <RecordForm {...form} />;
  return <RecordFacts fields={form.fields} record={form.record ?? {}} labels={form.labels ?? {}} />;
}

type Props = {
  fields: readonly Field[];
  record: Values;
  labels?: Readonly<Record<string, FieldName>>;
  hasNote?: boolean;
};

export function RecordFacts({ fields, record, labels = {}, hasNote = true }: Props) {
  const { t } = useTranslation();
  const words = useFieldWords();
  return (
    <>
      {hasNote && <p className="dim">{t('form.readOnly')}</p>}
      <dl className="record-list">
        {fields.map((field) => (
          <div key={field.name}>
            <dt>{words.label(field.name, labels)}</dt>
            <dd>
              <FieldValue field={field} value={record[field.name]} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
