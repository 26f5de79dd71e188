import type {
  Dwelling,
  Gateway,
  Organisation,
  Resident,
  ServiceAccount,
} from '@carebell/contracts/registry.ts';
import type { Selectable } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import { sealed } from './sealed-texts.ts';
import type { OpenedResident } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

export function organisationOf(row: Selectable<Tables['organisations']>): Organisation {
  return {
    id: row.id,
    level: row.level,
    name: row.name,
    parentId: row.parent_id,
    phone: row.phone,
    latitude: row.latitude,
    longitude: row.longitude,
    version: row.version,
  };
}

export function organisationColumns({ parentId, ...own }: Omit<Organisation, 'version'>) {
  const { id, level, name, phone, latitude, longitude } = own;
  return { id, level, name, parent_id: parentId, phone, latitude, longitude };
}

export function dwellingOf(row: Selectable<Tables['dwellings']> & { access: string }): Dwelling {
  return {
    id: row.id,
    stationId: row.station_id,
    address: row.address,
    access: row.access,
    grid: row.grid,
    area: row.area,
    latitude: row.latitude,
    longitude: row.longitude,
    version: row.version,
  };
}

export function dwellingColumns({ stationId, ...own }: Omit<Dwelling, 'version'>) {
  const { id, address, access, grid, area, latitude, longitude } = own;
  return {
    id,
    station_id: stationId,
    address,
    access: sealed('dwellings.access', id, access),
    grid,
    area,
    latitude,
    longitude,
  };
}

export function residentOf(row: Selectable<Tables['residents']> & OpenedResident): Resident {
  return {
    id: row.id,
    dwellingId: row.dwelling_id,
    name: row.name,
    phone: row.phone,
    birthYear: row.birth_year,
    riskGroups: JSON.parse(row.risk_groups) as Resident['riskGroups'],
    medicalNotes: row.medical_notes,
    handlingNotes: row.handling_notes,
    contacts: JSON.parse(row.contacts) as Resident['contacts'],
    version: row.version,
  };
}

export function residentColumns(resident: Omit<Resident, 'version'>) {
  const { id, phone, medicalNotes, handlingNotes, contacts } = resident;
  return {
    id,
    dwelling_id: resident.dwellingId,
    name: resident.name,
    phone: sealed('residents.phone', id, phone),
    birth_year: resident.birthYear,
    risk_groups: JSON.stringify(resident.riskGroups),
    medical_notes: sealed('residents.medical_notes', id, medicalNotes),
    handling_notes: sealed('residents.handling_notes', id, handlingNotes),
    contacts: sealed('residents.contacts', id, JSON.stringify(contacts)),
  };
}

export function gatewayOf(row: Selectable<Tables['gateways']>): Gateway {
  return {
    id: row.id,
    name: row.name,
    stationId: row.station_id,
    dwellingId: row.dwelling_id,
    availability: row.availability,
    lastSeenAt: instantOrNull(row.last_seen_at),
    version: row.version,
  };
}

export function serviceAccountOf(row: Selectable<Tables['service_accounts']>): ServiceAccount {
  return { id: row.id, name: row.name, createdAt: instant(row.created_at) };
}
