import { changeOrganisation, createOrganisation } from '../care-station/organisation-works.ts';
import {
  changeGateway,
  createGateway,
  createServiceAccount,
  renewSecret,
} from '../device/device-registry-accounts.ts';
import { claimWorks } from '../device/claim-works.ts';
import { exchangeWorks } from '../device/exchange-works.ts';
import { changeDevice, createDevice } from '../device/device-registry-works.ts';
import { importTable } from '../transfer/table-import.ts';
import { importResidents, recordExport } from '../transfer/resident-import.ts';
import { changeDwelling, createDwelling } from './dwelling-works.ts';
import { changeResident, createResident } from './resident-works.ts';

/** Everything that enters or changes organisations, homes, people and things. */
export const registryWorks = {
  createOrganisation,
  changeOrganisation,
  createDwelling,
  changeDwelling,
  createResident,
  changeResident,
  createGateway,
  changeGateway,
  createDevice,
  changeDevice,
  ...exchangeWorks,
  ...claimWorks,
  createServiceAccount,
  renewSecret,
  importTable,
  importResidents,
  recordExport,
};
