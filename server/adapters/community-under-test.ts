import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import type { callersOf } from './api-callers-under-test.ts';

type Enterable = Pick<ReturnType<typeof callersOf>, 'as'> & {
  addUser(name: string, role: Role, organisationId: string): Promise<string>;
};

/** One district and street with the stations `a` and `b`, each with a home, a resident, a gateway and a button. */
export async function enterCommunity(api: Enterable): Promise<void> {
  const admin = await api.as('admin');
  const enter = async (path: string, body: unknown): Promise<void> => {
    const answer = await admin.post(path, body);
    if (answer.statusCode !== 201) throw new Error(`${path}: ${answer.body}`);
  };
  await enter('/organisations', { id: 'district', level: 'district', name: '静安区', parentId: 'root' });
  await enter('/organisations', { id: 'street', level: 'street', name: '江宁路街道', parentId: 'district' });
  for (const station of ['a', 'b']) {
    await enter('/stations', { id: station, name: `Station ${station}`, parentId: 'street' });
    await enter('/dwellings', {
      id: `home-${station}`,
      stationId: station,
      address: `${station} lane 7, room 301`,
    });
    await enter('/residents', {
      id: `resident-${station}`,
      dwellingId: `home-${station}`,
      name: `王秀英 ${station}`,
      phone: '138 0013-8000',
      medicalNotes: 'diabetes',
      contacts: [{ name: '王明', relation: 'son', phone: '13900139000', hasKey: true }],
    });
    await enter('/gateways', { id: `gateway-${station}`, stationId: station });
    await enter('/devices', { id: `button-${station}`, type: 'button', residentId: `resident-${station}` });
    for (const role of roles) {
      await api.addUser(`${role}-${station}`, role, station);
    }
  }
}
