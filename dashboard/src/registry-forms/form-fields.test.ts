import {
  newDeviceSchema,
  newResidentSchema,
  residentSchema,
  userSchema,
} from '@carebell/contracts/registry.ts';
import { roles } from '@carebell/contracts/roles.ts';
import { describe, expect, it } from 'vitest';
import { differencesOf, merged } from './differences.ts';
import { errorsOfProblem, errorsOfSchema } from './field-errors.ts';
import { bodyOf, changeOf, fieldsOf, valuesOf } from './form-fields.ts';

const resident = {
  id: 'r1',
  dwellingId: 'd1',
  name: '王秀英',
  phone: '13800138000',
  birthYear: 1938,
  riskGroups: ['living-alone'],
  medicalNotes: '',
  contacts: [{ name: '王明', relation: '子', phone: '139', hasKey: true }],
  version: 3,
};
const fields = fieldsOf(residentSchema, [
  'name',
  'dwellingId',
  'phone',
  'birthYear',
  'riskGroups',
  'medicalNotes',
  'contacts',
]);

describe('the fields of a form', () => {
  it('are what the contract’s schema says they are', () => {
    expect(fields.map(({ name, input, isRequired }) => [name, input, isRequired])).toEqual([
      ['name', 'text', true],
      ['dwellingId', 'reference', true],
      ['phone', 'text', false],
      ['birthYear', 'number', false],
      ['riskGroups', 'choices', false],
      ['medicalNotes', 'long', false],
      ['contacts', 'contacts', false],
    ]);
    const [role, isActive] = fieldsOf(userSchema, ['role', 'isActive']);
    expect(role).toMatchObject({
      input: 'choice',
      options: roles,
    });
    expect(isActive).toMatchObject({ input: 'switch' });
  });

  it('make a body that the contract accepts, and leave out what may be left out', () => {
    const device = fieldsOf(newDeviceSchema, ['id', 'type', 'name', 'residentId']);
    const body = bodyOf(device, { ...valuesOf(device, {}), name: ' 卧室 ' });
    expect(body).toEqual({ type: 'button', name: '卧室', residentId: null });
    expect(newDeviceSchema.safeParse(body).success).toBe(true);
  });

  it('send only what was changed', () => {
    const values = valuesOf(fields, resident);
    expect(changeOf(fields, values, resident)).toEqual({});
    const edited = { ...values, phone: ' ', birthYear: '1940', name: '王秀 ' };
    expect(changeOf(fields, edited, resident)).toEqual({ name: '王秀', phone: null, birthYear: 1940 });
  });
});

describe('what is wrong', () => {
  const errorsOf = (body: unknown) => {
    const checked = newResidentSchema.safeParse(body, { reportInput: true });
    return checked.success ? [] : errorsOfSchema(checked.error.issues);
  };

  it('is told at the field, in words of the texts', () => {
    const body = {
      ...bodyOf(fields, { ...valuesOf(fields, {}), phone: 'x', birthYear: 'abc' }),
      contacts: [{ name: '', relation: 'x'.repeat(61), phone: '139', hasKey: true }],
    };
    expect(errorsOf(body)).toEqual([
      { path: 'dwellingId', text: 'required' },
      { path: 'name', text: 'required' },
      { path: 'phone', text: 'phone' },
      { path: 'birthYear', text: 'number' },
      { path: 'contacts.0.name', text: 'required' },
      { path: 'contacts.0.relation', text: 'tooLong', n: 60 },
    ]);
  });

  it('is taken from the hub’s problem document too', () => {
    const errors = [{ field: 'dwellingId', message: 'names nothing' }];
    const problem = { type: '', title: '', status: 422, code: 'reference-unknown', detail: '', errors };
    expect(errorsOfProblem(problem)).toEqual([{ path: 'dwellingId', text: 'unknownReference' }]);
  });
});

describe('two people at one record', () => {
  const before = resident;
  const mine = { ...resident, phone: '1', medicalNotes: 'mine' };
  const theirs = { ...resident, phone: '2', birthYear: 1939, version: 4 };

  it('differ where either changed something, and each keeps what only they changed', () => {
    const found = differencesOf(fields, { before, mine, theirs });
    expect(found.map(({ field, kept }) => [field.name, kept])).toEqual([
      ['phone', 'mine'],
      ['birthYear', 'theirs'],
      ['medicalNotes', 'mine'],
    ]);
    expect(merged(theirs, found, {})).toEqual({ ...theirs, phone: '1', medicalNotes: 'mine' });
  });

  it('are decided field by field by the later one', () => {
    const found = differencesOf(fields, { before, mine, theirs });
    expect(merged(theirs, found, { phone: 'theirs', birthYear: 'mine' })).toEqual({
      ...theirs,
      birthYear: 1938,
      medicalNotes: 'mine',
    });
  });
});
