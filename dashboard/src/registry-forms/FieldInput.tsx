import type { Contact } from '@carebell/contracts/registry.ts';
import { Checkbox, Input, Select, Switch } from 'antd';
import { ContactsInput } from './ContactsInput.tsx';
import type { FieldError } from './field-errors.ts';
import { useFieldWords } from './field-words.ts';
import type { Field } from './form-fields.ts';
import { ReferenceInput } from './ReferenceInput.tsx';
import { SignalsInput } from './SignalsInput.tsx';
import type { SignalRow } from './signal-rows.ts';

type Props = {
  id: string;
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  errors: readonly FieldError[];
  isDisabled: boolean;
};

/** The input that a field's schema asks for. */
export function FieldInput({ id, field, value, onChange, errors, isDisabled }: Props) {
  const words = useFieldWords();
  const own = errors.find(({ path }) => path === field.name);
  const shared = {
    id,
    disabled: isDisabled,
    'aria-invalid': own !== undefined,
    'aria-describedby': own === undefined ? `${id}-hint` : `${id}-error`,
    ...(own === undefined ? {} : { status: 'error' as const }),
  };
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (field.input) {
    case 'long':
      return (
        <Input.TextArea
          {...shared}
          autoSize={{ minRows: 2, maxRows: 10 }}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'number':
      return (
        <Input
          {...shared}
          inputMode="decimal"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'password':
      return (
        <Input.Password
          {...shared}
          autoComplete="new-password"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'switch':
      return <Switch id={id} disabled={isDisabled} checked={value === true} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          {...shared}
          value={text}
          onChange={onChange}
          options={field.options.map((option) => ({
            value: option,
            label: words.option(field.name, option),
          }))}
        />
      );
    case 'choices':
      return (
        <Checkbox.Group
          disabled={isDisabled}
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={onChange}
          options={field.options.map((option) => ({
            value: option,
            label: words.option(field.name, option),
          }))}
        />
      );
    case 'contacts':
      return (
        <ContactsInput
          id={id}
          contacts={Array.isArray(value) ? (value as Contact[]) : []}
          onChange={onChange}
          errors={errors}
          isDisabled={isDisabled}
        />
      );
    case 'signals':
      return (
        <SignalsInput
          id={id}
          rows={Array.isArray(value) ? (value as SignalRow[]) : []}
          onChange={onChange}
          errors={errors}
          isDisabled={isDisabled}
        />
      );
    case 'reference':
      return (
        <ReferenceInput
          {...shared}
          of={field.of ?? 'stations'}
          value={text === '' ? undefined : text}
          isClearable={field.isNullable}
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    case 'text':
      return (
        <Input
          {...shared}
          inputMode={field.name === 'phone' ? 'tel' : 'text'}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
