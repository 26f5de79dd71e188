import type { Board, BoardNumbers } from '@carebell/contracts/boards.ts';
import type { Report } from '@carebell/contracts/report.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

let api: ApiUnderTest;
type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
let admin: Caller;

beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
  await api.addUser('official', 'district-supervisor', 'district');
  for (const grid of ['3', '12']) {
    const home = { id: `home-${grid}`, stationId: 'a', address: `grid ${grid}`, grid };
    await admin.post('/dwellings', home);
    await admin.post('/residents', { id: `resident-${grid}`, dwellingId: home.id, name: `赵${grid}` });
    await admin.post('/devices', { id: `button-${grid}`, type: 'button', residentId: `resident-${grid}` });
  }
  await admin.post('/stations', { id: 'new', name: 'New', parentId: 'district' });
  await press('button-a', 'a', 'home-a');
  await press('button-b', 'b', 'home-b');
  for (const grid of ['3', '3', '12']) await press(`button-${grid}`, 'a', `home-${grid}`);
});
afterAll(() => api.close());

let presses = 0;
/** A case of its own: help was called, answered after 70 s, and closed. */
async function press(deviceId: string, stationId: string, dwellingId: string): Promise<void> {
  presses += 1;
  const origin = {
    deviceId,
    dwellingId,
    residentId: deviceId.replace('button', 'resident'),
    stationId,
    gatewayId: null,
    isKnown: true,
    receivedAtMs: api.clock.now(),
  };
  const event = { id: `p${presses}`, kind: 'button.pressed', data: { key: 'help' } };
  await api.gate.commit('receiveEvent', { event, origin });
  const raised = api.db.selectFrom('alarms').select('id').where('phase', '=', 'raised');
  const { id: alarmId } = await raised.executeTakeFirstOrThrow();
  api.clock.move(70_000);
  const user = { id: 'u1', displayName: '李护士' };
  await api.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: false });
  const close = { disposition: 'false-alarm', proof: 'voice-contact', note: '' } as const;
  await api.gate.commit('closeAlarm', { alarmId, user, mayCloseForOthers: false, ...close });
}

async function board(path: string, who = admin): Promise<Board> {
  const answer = await who.get(`/boards/${path}`);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json();
}
const counted = ({ children }: Board) =>
  children.map(({ of, id, numbers }) => [
    of,
    id,
    numbers.cases.cases,
    numbers.devices.all,
    numbers.residents,
  ]);

describe('a board', () => {
  it('goes from the whole down to the grids of a station with the same numbers at each level', async () => {
    const whole = await board('root');
    expect(counted(whole)).toEqual([
      ['organisation', 'district', 5, 4, 4],
      ['rest', null, 0, 0, 0],
    ]);
    const district = await board('district');
    expect(district.numbers).toEqual(whole.children[0]?.numbers);
    expect(counted(district)).toEqual([
      ['organisation', 'street', 5, 4, 4],
      ['organisation', 'new', 0, 0, 0],
      ['rest', null, 0, 0, 0],
    ]);
    const street = await board('street');
    expect(counted(street)).toEqual([
      ['organisation', 'a', 4, 3, 3],
      ['organisation', 'b', 1, 1, 1],
    ]);
    const station = await board('a');
    expect(station.numbers).toEqual(street.children[0]?.numbers);
    expect(counted(station)).toEqual([
      ['grid', '3', 2, 1, 1],
      ['grid', '12', 1, 1, 1],
      ['rest', null, 1, 1, 1],
    ]);
    const grid = await board('a/grids/3');
    expect(grid.numbers).toEqual(station.children[0]?.numbers);
    expect(grid.residents).toEqual([{ id: 'resident-3', name: '赵3', address: 'grid 3' }]);
    expect(station.residents?.map(({ id }) => id)).toEqual(['resident-a']);
    expect(grid.path.map(({ id }) => id)).toEqual(['root', 'district', 'street', 'a']);
  });

  it('counts alarms as the numbers page does', async () => {
    const report = (await admin.get('/report')).json<Report>();
    const all = [await board('root'), await board('district'), await board('street')];
    for (const one of all) {
      const own = report.organisations.find(({ id }) => id === one.organisation.id)?.numbers ?? report.all;
      expect(one.numbers.cases).toEqual(own);
    }
  });

  it('says how devices are and how the hub is used', async () => {
    const station = await board('a');
    const numbers: BoardNumbers = station.numbers;
    expect(numbers.devices).toMatchObject({ all: 3, notYet: 3, lowBattery: 0, tested: { of: 3, met: 3 } });
    // Of the nine users of station a nobody has logged in yet.
    expect(numbers.use).toMatchObject({ loggedIn: { of: 9, met: 0 }, screens: { of: 1, met: 0 } });
    await api.as('operator-a');
    await api.gate.commit('noteScreens', { watched: ['a'], listeningSinceMs: api.clock.now() });
    const now = (await board('a')).numbers.use;
    expect(now).toMatchObject({ loggedIn: { met: 1 }, screens: { met: 1 } });
    api.clock.move(11 * 60_000);
    expect((await board('a')).numbers.use?.screens.met).toBe(0);
  });

  it('is of the time that is asked for', async () => {
    const to = new Date(api.clock.now() - 3_600_000).toISOString();
    expect((await board(`a?to=${to}`)).numbers.cases.cases).toBe(0);
    expect((await admin.get(`/boards/a?from=${to}&to=${to}`)).statusCode).toBe(400);
    expect((await admin.get('/boards/a?from=2020-01-01T00:00:00Z')).statusCode).toBe(400);
    expect((await admin.get('/boards/a?from=yesterday')).statusCode).toBe(400);
  });

  it('shows to each role its own part of the organisation, and hides that there is another', async () => {
    const manager = await api.as('station-manager-a');
    expect((await board('a', manager)).path).toEqual([]);
    expect((await board('a/grids/3', manager)).path.map(({ id }) => id)).toEqual(['a']);
    for (const path of ['b', 'street', 'district', 'root', 'nowhere'])
      expect((await manager.get(`/boards/${path}`)).statusCode).toBe(404);
    const official = await api.as('official');
    expect((await board('district', official)).path).toEqual([]);
    expect((await official.get('/boards/root')).statusCode).toBe(404);
    expect((await official.get('/boards/street/grids/3')).statusCode).toBe(404);
  });

  it('masks who lives there for an auditor', async () => {
    const auditor = await api.as('auditor-a');
    expect((await board('a/grids/12', auditor)).residents?.[0]?.name).toBe('赵**');
  });
});
