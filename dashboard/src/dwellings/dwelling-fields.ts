import { dwellingSchema } from '@carebell/contracts/registry.ts';
import { fieldsOf } from '../registry-forms/form-fields.ts';

export const dwellingFields = fieldsOf(dwellingSchema, ['address', 'stationId', 'grid', 'area', 'access']);
