import { newResidentSchema, residentSchema } from '@carebell/contracts/registry.ts';
import { fieldsOf } from '../registry-forms/form-fields.ts';

const person = ['name', 'phone', 'birthYear', 'riskGroups', 'medicalNotes', 'handlingNotes'] as const;

export const personFields = fieldsOf(residentSchema, person);
export const contactFields = fieldsOf(residentSchema, ['contacts']);
export const homeFields = fieldsOf(residentSchema, ['dwellingId']);
export const newResidentFields = fieldsOf(newResidentSchema, [
  'name',
  'dwellingId',
  ...person.slice(1),
  'contacts',
]);
export const residentLabels = { name: 'personName' } as const;
