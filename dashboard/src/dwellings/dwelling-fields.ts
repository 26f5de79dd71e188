import { dwellingSchema } from '@carebell/contracts/registry.ts';
import { fieldsOf } from '../registry-forms/form-fields.ts';

export const dwellingFields = fieldsOf(dwellingSchema, [
  'address',
  'stationId',
  'grid',
  'area',
  'latitude',
  'longitude',
  'access',
]);
/** How to get in is not there for those who do not enter it, and that it is not is no sign that nothing is entered. */
export const openDwellingFields = fieldsOf(dwellingSchema, [
  'address',
  'stationId',
  'grid',
  'area',
  'latitude',
  'longitude',
]);
