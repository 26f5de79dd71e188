import { useTranslation } from 'react-i18next';
import type { zhCNRegistry } from '../i18n/zh-CN-registry.ts';
import type { FieldError } from './field-errors.ts';

export type FieldName = keyof typeof zhCNRegistry.field;

const groups = {
  riskGroups: 'riskGroup',
  type: 'deviceType',
  role: 'role',
  level: 'level',
  area: 'dwellingArea',
} as const;

/** The words of fields and of what is wrong with them, in the person's language. */
export function useFieldWords() {
  const { t } = useTranslation();
  return {
    label: (name: string, labels: Readonly<Record<string, FieldName>> = {}) =>
      t(`field.${labels[name] ?? (name as FieldName)}`),
    option: (name: string, option: string) => {
      const group = groups[name as keyof typeof groups];
      // The options come from the contract's own enumeration, and a test compares that with the texts.
      return t(`${group}.${option}` as 'role.operator');
    },
    error: ({ text, n }: FieldError) => t(`fieldError.${text}`, { n: n ?? 0 }),
  };
}
