import type {
  Device,
  Dwelling,
  NewDevice,
  Organisation,
  Resident,
  User,
} from '@carebell/contracts/registry.ts';
import { logIn } from './api.ts';
import type { Api } from './api.ts';
import type { ScenarioHub } from './scenario-hub.ts';

export type SignedIn = { id: string; secret: string };

/** One district, one street, two stations; a resident with devices at the first; an operator at each station. */
export type Community = {
  district: Organisation;
  street: Organisation;
  station: Organisation;
  otherStation: Organisation;
  dwelling: Dwelling;
  resident: Resident;
  button: SignedIn;
  fallDetector: SignedIn;
  door: SignedIn;
  operator: Api;
  colleague: Api;
  otherOperator: Api;
  installer: Api;
};

export const password = 'a long enough password';

export async function settle(hub: Pick<ScenarioHub, 'url' | 'admin'>): Promise<Community> {
  const { admin } = hub;
  const organisation = (level: string, name: string, parentId: string) =>
    admin.create<Organisation>('/organisations', { level, name, parentId });
  const district = await organisation('district', '安宁区', 'root');
  const street = await organisation('street', '和平街道', district.id);
  const station = await organisation('station', '和平一站', street.id);
  const otherStation = await organisation('station', '和平二站', street.id);
  const dwelling = await admin.create<Dwelling>('/dwellings', {
    stationId: station.id,
    address: '安宁路100弄3号楼502室',
    access: '钥匙在201室李阿姨处',
  });
  const resident = await admin.create<Resident>('/residents', {
    dwellingId: dwelling.id,
    name: '王秀英',
    phone: '13900000502',
    birthYear: 1941,
    riskGroups: ['living-alone'],
    contacts: [{ name: '王丽', relation: '女儿', phone: '13900000503', hasKey: true }],
  });
  const device = (body: Partial<NewDevice> & Pick<NewDevice, 'type'>) =>
    issueDevice(admin, { dwellingId: dwelling.id, residentId: resident.id, ...body });
  const [button, fallDetector, door] = [
    await device({ type: 'button', name: '床头按钮', room: '卧室' }),
    await device({ type: 'fall-detector', name: '跌倒检测', room: '卫生间' }),
    await device({ type: 'door-sensor', name: '入户门', room: '玄关' }),
  ];
  const user = async (name: string, role: string, organisationId: string): Promise<Api> => {
    await admin.create<{ user: User }>('/users', { name, displayName: name, role, organisationId, password });
    return logIn(hub.url, name, password);
  };
  return {
    district,
    street,
    station,
    otherStation,
    dwelling,
    resident,
    button,
    fallDetector,
    door,
    operator: await user('li', 'operator', station.id),
    colleague: await user('zhang', 'operator', station.id),
    otherOperator: await user('chen', 'operator', otherStation.id),
    installer: await user('zhao', 'installer', station.id),
  };
}

export async function issueDevice(admin: Api, body: NewDevice): Promise<SignedIn> {
  const issued = await admin.create<{ device: Device; secret: string | null }>('/devices', body);
  return { id: issued.device.id, secret: issued.secret ?? '' };
}

/** The log-in of an operator again, after a restart moved the ports. */
export async function logInAgain(hub: ScenarioHub, name: 'li' | 'zhang' | 'chen' | 'zhao'): Promise<Api> {
  return logIn(hub.url, name, password);
}
