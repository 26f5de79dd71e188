import { Button } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { DifferencesDialog } from './DifferencesDialog.tsx';
import { FieldInput } from './FieldInput.tsx';
import { FieldNotes } from './FieldNotes.tsx';
import { useFieldWords } from './field-words.ts';
import type { FieldName } from './field-words.ts';
import { useRecordForm } from './use-record-form.ts';
import type { RecordFormDeps } from './use-record-form.ts';
import './registry.css';

export type RecordFormProps<R> = RecordFormDeps<R> & {
  /** Where a field is called something else than its name, as a resident's `name`. */
  labels?: Readonly<Record<string, FieldName>>;
  hints?: Readonly<Record<string, string>>;
};

/** A form for one record, new or known: checked by the contract here, and by the hub again. */
export function RecordForm<R>({ labels = {}, hints = {}, ...deps }: RecordFormProps<R>) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const form = useRecordForm(deps);
  const formId = useId();
  const isNew = deps.record === undefined;

  return (
    <form
      className="record-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      {deps.fields.map((field) => {
        const id = `${formId}-${field.name}`;
        const error = form.errors.find(({ path }) => path === field.name);
        const hint = hints[field.name];
        return (
          <div key={field.name} className="field" data-input={field.input} data-field={field.name}>
            <label htmlFor={id}>
              {words.label(field.name, labels)}
              {field.isRequired && <span aria-hidden="true"> *</span>}
            </label>
            <FieldInput
              id={id}
              field={field}
              value={form.values[field.name]}
              onChange={(value) => form.set(field.name, value)}
              errors={form.errors}
              isDisabled={form.isSending}
            />
            <FieldNotes id={id} hint={hint} error={error && words.error(error)} />
          </div>
        );
      })}
      {form.problem !== undefined && (
        <p className="form-problem" role="alert">
          {form.problem}
        </p>
      )}
      <div className="form-foot">
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          loading={form.isSending}
          disabled={!form.isChanged}
        >
          {t(isNew ? 'form.create' : 'form.save')}
        </Button>
        {!isNew && form.isChanged && (
          <Button size="large" disabled={form.isSending} onClick={form.undo}>
            {t('form.undo')}
          </Button>
        )}
        <output className="dim">
          {form.errors.length > 0 && t('form.correct', { n: form.errors.length })}
          {!isNew && !form.isChanged && form.wasSaved && `✓ ${t('form.saved')}`}
        </output>
      </div>
      {form.differences !== undefined && (
        <DifferencesDialog
          differences={form.differences}
          labels={labels}
          onSave={(choices) => void form.resolve(choices)}
          onCancel={form.leaveDifferences}
        />
      )}
    </form>
  );
}
