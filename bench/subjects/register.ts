import { apiRoot } from '@carebell/contracts/http-api.ts';
import type {
  Device,
  Dwelling,
  Gateway,
  NewDevice,
  Organisation,
  Resident,
} from '@carebell/contracts/registry.ts';
import type { Account, Gateway as GatewayAccount, Ledger, Wanted } from '../place.ts';

/** The hub takes 1,200 requests a minute of one session. */
const requestsPerSession = 1_000;
const requestsAtOnce = 16;

/** Enters a community through the hub's HTTP API, as an installer's tool would. */
export async function openRegister(url: string, password: string) {
  let cookie = await logIn();
  let requests = 0;

  async function logIn(): Promise<string> {
    const answer = await fetch(`${url}${apiRoot}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'admin', password }),
    });
    if (!answer.ok) throw new Error(`log-in: ${answer.status} ${await answer.text()}`);
    return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  }

  async function create<T>(path: string, body: object): Promise<T> {
    if (++requests % requestsPerSession === 0) cookie = await logIn();
    const answer = await fetch(`${url}${apiRoot}${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async function enter(wanted: Wanted) {
    const organisation = (level: string, name: string, parentId: string) =>
      create<Organisation>('/organisations', { level, name, parentId });
    const district = await organisation('district', '安宁区', 'root');
    const street = await organisation('street', '和平街道', district.id);
    const station = await organisation('station', '和平一站', street.id);
    const newDwelling = async (): Promise<Dwelling> =>
      create('/dwellings', { stationId: station.id, address: '安宁路100弄3号楼502室' });

    async function device(body: NewDevice): Promise<Account> {
      const issued = await create<{ device: Device; secret: string | null }>('/devices', body);
      return { id: issued.device.id, secret: issued.secret ?? '' };
    }
    async function sensor(): Promise<Account> {
      const { id } = await newDwelling();
      return device({ type: 'door-sensor', name: '入户门', dwellingId: id });
    }
    async function button(gatewayId: string | null): Promise<Account> {
      const dwelling = await newDwelling();
      const body = { dwellingId: dwelling.id, name: '王秀英', phone: '13900000502', birthYear: 1941 };
      const resident = await create<Resident>('/residents', body);
      return device({
        type: 'button',
        name: '床头按钮',
        dwellingId: dwelling.id,
        residentId: resident.id,
        gatewayId,
      });
    }
    async function gateway(): Promise<GatewayAccount> {
      const body = { name: '网关', stationId: station.id };
      const issued = await create<{ gateway: Gateway; secret: string }>('/gateways', body);
      return { id: issued.gateway.id, secret: issued.secret, buttonIds: [] };
    }

    const sensors = await repeat(wanted.sensors, sensor);
    const buttons = await repeat(wanted.buttons, async () => button(null));
    const gateways = await repeat(wanted.gateways, gateway);
    for (const entered of gateways) {
      const behind = await repeat(wanted.buttonsBehindEach, async () => button(entered.id));
      entered.buttonIds.push(...behind.map(({ id }) => id));
    }
    return { sensors, buttons, gateways };
  }

  /** From `/metrics`: what was committed, and what was turned away (nothing should have been). */
  async function ledger(): Promise<Ledger> {
    const answer = await fetch(`${url}/metrics`, { headers: { cookie } });
    if (!answer.ok) throw new Error(`GET /metrics: ${answer.status} ${await answer.text()}`);
    const lines = (await answer.text()).split('\n');
    const sum = (name: string): number =>
      lines
        .filter((line) => line.startsWith(name))
        .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
    return { stored: sum('carebell_journal_works '), refused: sum('carebell_refusals_total{') };
  }

  return {
    enter,
    ledger,
    get cookie() {
      return cookie;
    },
  };
}

async function repeat<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun++ < count) made.push(await make());
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, lane));
  return made;
}
