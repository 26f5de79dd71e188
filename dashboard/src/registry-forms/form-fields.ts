import { z } from 'zod';
import { rowsOf, signalsOf } from './signal-rows.ts';
import type { SignalRow } from './signal-rows.ts';

export type ReferenceOf = 'organisations' | 'stations' | 'dwellings' | 'residents' | 'gateways' | 'devices';

/** One field of a form, as far as its schema tells it. */
export type Field = {
  name: string;
  input:
    | 'text'
    | 'long'
    | 'number'
    | 'switch'
    | 'choice'
    | 'choices'
    | 'contacts'
    | 'signals'
    | 'reference'
    | 'password';
  isRequired: boolean;
  isNullable: boolean;
  /** Whether an empty text is a value of its own, as against a field that is left out. */
  isEmptyKept: boolean;
  maxLength: number | undefined;
  options: readonly string[];
  of: ReferenceOf | undefined;
};

export type Values = Record<string, unknown>;

const referencesTo: Record<string, ReferenceOf> = {
  stationId: 'stations',
  dwellingId: 'dwellings',
  residentId: 'residents',
  gatewayId: 'gateways',
  organisationId: 'organisations',
  parentId: 'organisations',
};
/** A text longer than this wants more than one line. */
const oneLine = 300;

type Unwrapped = { schema: z.core.$ZodType; isOptional: boolean; isDefaulted: boolean; isNullable: boolean };

/** The fields of a contract's schema with these names, in this order. */
export function fieldsOf(schema: z.ZodObject, names: readonly string[]): Field[] {
  return names.map((name) => {
    const declared = schema.shape[name];
    if (declared === undefined) throw new Error(`the schema has no field "${name}"`);
    const { schema: inner, isOptional, isDefaulted, isNullable } = unwrap(declared as z.core.$ZodType);
    const kind = inner._zod.def.type;
    const maxLength = inner instanceof z.ZodString ? (inner.maxLength ?? undefined) : undefined;
    return {
      name,
      input: inputOf(name, inner, maxLength),
      isRequired: !isOptional && !isNullable && kind !== 'boolean' && kind !== 'array',
      isNullable,
      isEmptyKept: isDefaulted && kind === 'string',
      maxLength,
      options: optionsOf(inner),
      of: referencesTo[name],
    };
  });
}

function unwrap(declared: z.core.$ZodType): Unwrapped {
  let schema = declared;
  let isOptional = false;
  let isDefaulted = false;
  let isNullable = false;
  for (;;) {
    const def = schema._zod.def as { type: string; innerType?: z.core.$ZodType };
    if (def.innerType === undefined) return { schema, isOptional, isDefaulted, isNullable };
    if (def.type === 'optional' || def.type === 'default') isOptional = true;
    if (def.type === 'default') isDefaulted = true;
    if (def.type === 'nullable') isNullable = true;
    schema = def.innerType;
  }
}

function inputOf(name: string, schema: z.core.$ZodType, maxLength: number | undefined): Field['input'] {
  if (referencesTo[name] !== undefined) return 'reference';
  if (name === 'password') return 'password';
  switch (schema._zod.def.type) {
    case 'enum':
      return 'choice';
    case 'array':
      return optionsOf(schema).length > 0 ? 'choices' : 'contacts';
    case 'record':
      return 'signals';
    case 'number':
      return 'number';
    case 'boolean':
      return 'switch';
    default:
      return (maxLength ?? 0) > oneLine ? 'long' : 'text';
  }
}

function optionsOf(schema: z.core.$ZodType): string[] {
  const def = schema._zod.def as {
    type: string;
    entries?: Record<string, string>;
    element?: z.core.$ZodType;
  };
  if (def.type === 'enum') return Object.values(def.entries ?? {});
  return def.type === 'array' && def.element !== undefined ? optionsOf(def.element) : [];
}

/** What a form begins with: the record's own values, or empty ones. */
export function valuesOf(fields: readonly Field[], record: Values): Values {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.input === 'signals' ? rowsOf(record[field.name]) : (record[field.name] ?? emptyOf(field)),
    ]),
  );
}

function emptyOf({ input, options, isRequired }: Field): unknown {
  if (input === 'choices' || input === 'contacts') return [];
  if (input === 'switch') return false;
  if (input === 'choice') return isRequired ? options[0] : '';
  return '';
}

/** What the hub is sent of a form. An empty field is `null` where the contract knows that, and left out where it may be. */
export function bodyOf(fields: readonly Field[], values: Values): Values {
  const body: Values = {};
  for (const { name, input, isRequired, isNullable, isEmptyKept } of fields) {
    const entered = input === 'signals' ? signalsOf(values[name] as SignalRow[]) : values[name];
    const value = typeof entered === 'string' ? entered.trim() : entered;
    if (value !== '' && value !== undefined) body[name] = input === 'number' ? Number(value) : value;
    else if (isNullable) body[name] = null;
    else if (isRequired || isEmptyKept) body[name] = '';
  }
  return body;
}

/** Only what differs from the record: what somebody else changes in other fields meanwhile stays theirs. */
export function changeOf(fields: readonly Field[], values: Values, record: Values): Values {
  const body = bodyOf(fields, values);
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !isSame(value, record[name] ?? emptyLike(value))),
  );
}

function emptyLike(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === 'string' ? '' : null;
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
