import type {
  Device,
  Dwelling,
  Gateway,
  Organisation,
  Resident,
  ServiceAccount,
} from '@carebell/contracts/registry.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';

/** A list is limited to the reader's part of the organisation, and within it to what the query names. */
export type RegistryListQuery = PageQuery & { scope: Scope; stationId?: string | undefined };

export type ResidentListQuery = RegistryListQuery & {
  /** Part of a name, telephone number, address or identifier. */
  q?: string | undefined;
  dwellingId?: string | undefined;
};
export type DeviceListQuery = ResidentListQuery & {
  residentId?: string | undefined;
  gatewayId?: string | undefined;
  heardAs?: string | undefined;
  isRegistered?: boolean | undefined;
  availability?: Device['availability'] | undefined;
};

/** Organisations, homes, people and things, read beside the transactions. Lists come in the order of their identifiers. */
export type RegistryReads = {
  organisation(id: string): Promise<Organisation | undefined>;
  organisations(query: PageQuery & { scope: Scope; level?: OrganisationLevel }): Promise<Page<Organisation>>;
  dwelling(id: string): Promise<Dwelling | undefined>;
  dwellings(query: RegistryListQuery & { q?: string | undefined }): Promise<Page<Dwelling>>;
  resident(id: string): Promise<Resident | undefined>;
  residents(query: ResidentListQuery): Promise<Page<Resident>>;
  device(id: string): Promise<Device | undefined>;
  devices(query: DeviceListQuery): Promise<Page<Device>>;
  gateway(id: string): Promise<Gateway | undefined>;
  gateways(query: RegistryListQuery & { q?: string | undefined }): Promise<Page<Gateway>>;
  serviceAccount(id: string): Promise<ServiceAccount | undefined>;
  serviceAccounts(query: PageQuery): Promise<Page<ServiceAccount>>;
};
