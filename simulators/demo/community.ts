import type {
  DeviceType,
  NewDevice,
  NewResident,
  NewUser,
  newDwellingSchema,
  newOrganisationSchema,
} from '@carebell/contracts/registry.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { z } from 'zod';
import { gridOf, homePlace, stationPlace } from './places.ts';
import { sampleResidents } from './residents.ts';
import type { SampleResident } from './residents.ts';

/** The sample community, as the bodies that create it. Every list is in an order in which it can be created. */
export type Community = {
  organisations: z.input<typeof newOrganisationSchema>[];
  users: Omit<NewUser, 'password'>[];
  dwellings: z.input<typeof newDwellingSchema>[];
  residents: (NewResident & { id: string })[];
  devices: (NewDevice & { id: string; residentName: string })[];
};

const organisations: Community['organisations'] = [
  { id: 'anning', level: 'district', name: '安宁区', parentId: rootOrganisationId },
  { id: 'qingshan-street', level: 'street', name: '青山街道', parentId: 'anning' },
  { id: 'liuhe-street', level: 'street', name: '柳河街道', parentId: 'anning' },
  station('qingshan-station', '青山社区养老服务驿站', 'qingshan-street', '13900009001'),
  station('huaiyin-station', '槐荫社区养老服务驿站', 'qingshan-street', '13900009002'),
  station('liuhe-station', '柳河社区养老服务驿站', 'liuhe-street', '13900009003'),
];

const users: Community['users'] = [
  { name: 'wang.li', displayName: '王丽', role: 'operator', organisationId: 'qingshan-station' },
  { name: 'chen.min', displayName: '陈敏', role: 'operator', organisationId: 'huaiyin-station' },
  { name: 'zhao.qiang', displayName: '赵强', role: 'operator', organisationId: 'liuhe-station' },
  { name: 'liu.fang', displayName: '刘芳', role: 'supervisor', organisationId: 'anning' },
  { name: 'sun.wei', displayName: '孙伟', role: 'installer', organisationId: 'anning' },
];

const equipment: Record<DeviceType, { prefix: string; name: string; room: string }> = {
  button: { prefix: 'btn', name: '呼叫按钮', room: '随身' },
  terminal: { prefix: 'term', name: '一键通', room: '客厅' },
  'fall-detector': { prefix: 'fall', name: '跌倒探测器', room: '随身' },
  'door-sensor': { prefix: 'door', name: '门磁', room: '玄关' },
  'motion-sensor': { prefix: 'motion', name: '人体感应器', room: '客厅' },
  'bed-sensor': { prefix: 'bed', name: '床垫感应器', room: '卧室' },
  'smoke-detector': { prefix: 'smoke', name: '烟感', room: '厨房' },
  'gas-detector': { prefix: 'gas', name: '燃气探测器', room: '厨房' },
  'water-detector': { prefix: 'water', name: '水浸探测器', room: '卫生间' },
  other: { prefix: 'other', name: '其他设备', room: '' },
};

export function sampleCommunity(): Community {
  const community: Community = { organisations, users, dwellings: [], residents: [], devices: [] };
  const numbered = Object.entries(sampleResidents).flatMap(([stationId, residents]) =>
    residents.map((resident) => ({ stationId, resident })),
  );
  for (const [index, { stationId, resident }] of numbered.entries()) {
    settle(community, String(index + 1).padStart(2, '0'), stationId, resident);
  }
  return community;
}

/** Gives a resident a dwelling, the one of the spouse where two live together, and the devices. */
function settle(community: Community, number: string, stationId: string, resident: SampleResident): void {
  const { name, birthYear, address, access } = resident;
  const shared = community.dwellings.find((dwelling) => dwelling.address === address);
  const dwellingId = shared?.id ?? `dwelling-${number}`;
  if (shared === undefined) {
    const index = community.dwellings.filter((dwelling) => dwelling.stationId === stationId).length;
    const place = { grid: gridOf(index), ...homePlace(stationId, index) };
    community.dwellings.push({ id: dwellingId, stationId, address, access, ...place });
  }
  const residentId = `resident-${number}`;
  community.residents.push({
    id: residentId,
    dwellingId,
    name,
    birthYear,
    phone: `139000001${number}`,
    riskGroups: resident.risks,
    medicalNotes: resident.notes,
    handlingNotes: resident.risks.includes('dementia') ? '记性不好：先说自己是谁，一次只问一件事' : '',
    contacts: resident.contacts.map((contact, index) => ({
      ...contact,
      phone: `13900001${index + 1}${number}`,
    })),
  });
  for (const type of resident.devices) {
    const { prefix, name: kind, room } = equipment[type];
    community.devices.push({
      id: `${prefix}-${number}`,
      type,
      // Installers read the names of devices and not those of residents.
      name: `${room}${kind}`,
      room,
      stationId,
      dwellingId,
      residentId,
      residentName: name,
    });
  }
}

function station(
  id: string,
  name: string,
  parentId: string,
  phone: string,
): Community['organisations'][number] {
  return { id, level: 'station', name, parentId, phone, ...stationPlace(id) };
}
