import { gatewaySchema, newDeviceSchema, newGatewaySchema } from '@carebell/contracts/registry.ts';
import { fieldsOf } from '../registry-forms/form-fields.ts';
import type { Field } from '../registry-forms/form-fields.ts';

const place = ['residentId', 'dwellingId', 'stationId', 'gatewayId'] as const;
const deviceFields = fieldsOf(newDeviceSchema, ['type', 'name', 'room', ...place, 'heardAs', 'signals']);
const identifier = fieldsOf(newDeviceSchema, ['id']);

/** An installer reads nothing of residents, so there is none to choose. */
export function deviceFieldsFor(mayReadResidents: boolean, isNew: boolean): Field[] {
  const fields = deviceFields.filter(({ name }) => name !== 'residentId' || mayReadResidents);
  return isNew ? [...identifier, ...fields] : fields;
}

export const newGatewayFields = fieldsOf(newGatewaySchema, ['id', 'name', 'stationId', 'dwellingId']);
export const gatewayFields = fieldsOf(gatewaySchema, ['name', 'stationId', 'dwellingId']);
