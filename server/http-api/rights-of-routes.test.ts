import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { alarmRoutes, hook, policy, routes } from './routes-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

let api: ApiUnderTest;
const callers = new Map<string, Caller>();
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  for (const role of roles) callers.set(role, await api.as(`${role}-a`));
  callers.set('root', await api.as('admin'));
  await api.gate.commit('createChannel', {
    actorId: 'test',
    scope: 'all',
    channel: { ...hook, id: 'channel-a', kind: 'webhook', sealed: '', secretNames: [], isEnabled: true },
  });
});
afterAll(() => api.close());

const caller = (name: string): Caller => callers.get(name)!;

async function use(who: Caller | undefined, call: string, body: object | undefined): Promise<number> {
  const [method, path] = call.split(' ') as ['GET' | 'POST' | 'PUT' | 'PATCH', string];
  const headers: Record<string, string> = who ? { cookie: who.cookie } : {};
  return (await api.call(method, path, body, headers)).statusCode;
}

describe('the roles at a station', () => {
  for (const [call, body, allowed] of routes) {
    for (const role of roles) {
      const isAllowed = allowed.split(' ').includes(role);
      it(`${isAllowed ? 'let' : 'do not let'} the ${role} use ${call}`, async () => {
        const status = await use(caller(role), call, body);
        if (isAllowed) expect([200, 201]).toContain(status);
        else expect(status).toBe(403);
      });
    }
    it(`let an administrator of the whole organisation use ${call}`, async () => {
      expect([200, 201]).toContain(await use(caller('root'), call, body));
    });
    it(`let nobody use ${call} without logging in`, async () => {
      expect(await use(undefined, call, body)).toBe(401);
    });
  }

  for (const [call, body, allowed] of alarmRoutes)
    for (const role of roles) {
      const isAllowed = allowed.split(' ').includes(role);
      it(`${isAllowed ? 'let' : 'do not let'} the ${role} use ${call}`, async () => {
        const status = await use(caller(role), call, body);
        if (isAllowed) expect([404, 422]).toContain(status);
        else expect(status).toBe(403);
      });
    }

  it('stand here with every route of the documentation, so that none is forgotten', async () => {
    const documented = (await api.app.inject('/api/docs/json')).json<{ paths: Record<string, object> }>();
    const calls = Object.entries(documented.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    );
    const tested = [...routes, ...alarmRoutes].map(([call]) =>
      call
        .replace(/\?.*$/, '')
        .replace('/supervision/device/', '/supervision/{of}/')
        .replace('/grids/one', '/grids/{grid}')
        .replace(/\/(?:a|city|none|[a-z]+-a)(?=\/|$)/, '/{id}'),
    );
    const testedElsewhere = [
      // Of one alarm: server/handling/guided-routes.test.ts and server/dispatch/dispatch-routes.test.ts.
      'GET /alarms/{id}',
      'POST /alarms/{id}/acknowledge',
      'POST /alarms/{id}/close',
      'POST /alarms/{id}/reopen',
      'POST /alarms/{id}/notifications',
      'DELETE /alarms/{id}/notifications/{notificationId}/link',
      'GET /alarms/{id}/responders',
      'POST /alarms/{id}/dispatches',
      'POST /alarms/{id}/script-steps',
      'POST /alarms/{id}/access-views',
      'PUT /alarms/{id}/call-back',
      'DELETE /alarms/{id}/call-back',
      'POST /alarms/{id}/follow-up',
      'POST /residents/{id}/absences',
      'PATCH /absences/{id}',
      // server/care-bed/care-bed-routes.test.ts
      'POST /care-beds',
      'GET /care-beds/{id}',
      'PATCH /care-beds/{id}',
      'POST /care-beds/{id}/end',
      'POST /care-beds/{id}/respites',
      'DELETE /care-beds/{id}/respites/{respiteId}',
      'POST /absences/{id}/end',
      'GET /alarms/{id}/evidence/device',
      'GET /alarms/{id}/evidence/repeats',
      'GET /alarms/{id}/evidence/movement',
      'GET /alarms/{id}/evidence/past',
      'POST /residents/{id}/erasure',
      'POST /session',
      // server/identity/second-factor-routes.test.ts
      'POST /session/second-step',
      'POST /users/me/second-factor',
      'POST /users/me/second-factor/confirmation',
      'POST /users/me/second-factor/removal',
      'DELETE /users/{id}/second-factor',
      'DELETE /session',
      'POST /users',
      'GET /users/{id}',
      'PATCH /users/{id}',
      'DELETE /tokens/{id}',
      'DELETE /channels/{id}',
      'DELETE /drills/{id}',
      // e2e/scenarios/service-requests.test.ts
      'POST /provider-reports',
      // server/service-request/request-routes.test.ts
      'GET /requests/{id}',
      'GET /requests/{id}/near',
      'PATCH /requests/{id}',
      ...[
        'take',
        'notes',
        'offer',
        'offer-answer',
        'arrange',
        'hand-over',
        'hand-over-answer',
        'done',
        'feedback',
        'refuse',
        'cancel',
      ].map((act) => `POST /requests/{id}/${act}`),
      // server/visit/campaign.test.ts and visit-routes.test.ts
      'GET /visit-campaigns/{id}',
      'POST /visit-campaigns/{id}/end',
      'GET /visit-campaigns/{id}/calls',
      'POST /visit-campaigns/{id}/calls/{residentId}',
      'POST /visit-follow-ups/{id}/done',
      // server/commissioning/commissioning.test.ts
      'GET /commissionings/{id}',
      'GET /commissionings/{id}/record',
      ...['test', 'again', 'confirm', 'skip', 'abandon', 'sign'].map(
        (act) => `POST /commissionings/{id}/${act}`,
      ),
      'POST /commissioning-points/{id}/done',
      // server/transfer/table-import.test.ts
      'POST /import/gateways',
      'POST /import/devices',
      // server/device/exchange.test.ts
      'POST /devices/{id}/exchange',
      'POST /devices/{id}/retire',
      // server/test-mode/test-mode.test.ts
      'POST /test-modes/{id}/prolong',
      'DELETE /test-modes/{id}',
      'POST /alarms/{id}/take-as-real',
      // server/unknown-device/unknown-routes.test.ts
      'POST /unknown-devices/adoption',
      // server/maintenance/job-routes.test.ts
      'POST /maintenance/release',
      'POST /unknown-devices/dismissal',
      'POST /unknown-devices/restoration',
      'POST /organisations/{id}/duty/shifts',
      'PATCH /organisations/{id}/duty/shifts/{shiftId}',
      'DELETE /organisations/{id}/duty/shifts/{shiftId}',
      'GET /reports/{month}/{organisationId}',
      'GET /reports/{month}/{organisationId}/report.csv',
      'GET /reports/{month}/{organisationId}/report.xlsx',
      'POST /alarms/{id}/review',
      'GET /users/me/push-key',
      'POST /users/me/addresses/test',
      'GET /users/{id}/addresses',
      'PATCH /users/{id}/addresses',
      'POST /organisations',
      'POST /stations',
    ];
    expect([...new Set(tested), ...testedElsewhere].toSorted()).toEqual(calls.toSorted());
  });
});

describe('the users of one station', () => {
  const hidden = [
    'GET /organisations/b',
    'GET /organisations/street',
    'GET /organisations/b/escalation-policies',
    'GET /organisations/b/duty',
    'GET /organisations/b/scripts',
    'GET /organisations/b/rules',
    'GET /residents/resident-b/rules',
    'GET /organisations/b/duty/week',
    'GET /stations/b',
    'GET /dwellings/home-b',
    'GET /dwellings/home-b/residents',
    'GET /devices/button-b/claim',
    'GET /gateways/gateway-b/claim',
    'GET /residents/resident-b',
    'GET /devices/button-b',
    'GET /gateways/gateway-b',
    'GET /devices/nothing-there',
  ];
  for (const call of hidden) {
    it(`get the same answer to ${call} as to a thing that does not exist`, async () => {
      const supervisor = caller('supervisor');
      const answer = await supervisor.get(call.slice(4));
      expect(answer.json()).toMatchObject({ status: 404, code: 'not-found' });
    });
  }

  it('find nothing of another station in any list', async () => {
    for (const role of roles) {
      for (const path of [
        '/stations',
        '/organisations',
        '/dwellings',
        '/residents',
        '/devices',
        '/gateways',
        '/users',
      ]) {
        const { body } = await caller(role).get(`${path}?limit=500`);
        expect(body).not.toMatch(/"(?:b|[a-z]+-b)"/);
      }
      const asked = await caller(role).get('/devices?stationId=b');
      if (asked.statusCode === 200) expect(asked.json()).toEqual({ items: [], cursor: null });
    }
  });

  const foreign: [call: string, body: object | undefined, status: number][] = [
    ['PATCH /organisations/b', { name: 'mine' }, 404],
    ['PATCH /organisations/street', { name: 'mine' }, 404],
    ['PATCH /stations/a', { parentId: 'district' }, 422],
    ['POST /stations', { name: 'mine', parentId: 'street' }, 422],
    ['PUT /organisations/b/escalation-policies', { policies: [policy] }, 404],
    ['PUT /organisations/street/escalation-policies', { policies: [policy] }, 404],
    ['PUT /organisations/b/duty', { userIds: [] }, 404],
    ['PUT /organisations/b/scripts', { scripts: [] }, 404],
    ['PUT /organisations/b/rules', { rules: [] }, 404],
    ['PUT /residents/resident-b/rules', { rules: [] }, 404],
    ['POST /residents/resident-b/rules/trial', { rules: [] }, 404],
    ['PUT /organisations/street/scripts', { scripts: [] }, 404],
    ['POST /dwellings', { stationId: 'b', address: 'x' }, 422],
    ['PATCH /dwellings/home-b', { address: 'x' }, 404],
    ['PATCH /dwellings/home-a', { stationId: 'b' }, 422],
    ['POST /residents', { dwellingId: 'home-b', name: 'x' }, 422],
    ['PATCH /residents/resident-b', { name: 'x' }, 404],
    ['PATCH /residents/resident-a', { dwellingId: 'home-b' }, 422],
    ['POST /devices', { type: 'button', dwellingId: 'home-b' }, 422],
    ['POST /devices', { type: 'button', residentId: 'resident-b' }, 422],
    ['POST /devices', { type: 'button', gatewayId: 'gateway-b' }, 422],
    ['POST /devices', { type: 'button', stationId: 'b' }, 422],
    ['POST /devices', { type: 'button' }, 422],
    ['PATCH /devices/button-b', { name: 'x' }, 404],
    ['PATCH /devices/button-a', { residentId: 'resident-b' }, 422],
    ['POST /devices/button-b/secret', undefined, 404],
    ['POST /gateways', { stationId: 'b' }, 422],
    ['PATCH /gateways/gateway-b', { name: 'x' }, 404],
    ['POST /gateways/gateway-b/secret', undefined, 404],
  ];
  for (const [call, body, status] of foreign) {
    it(`cannot reach out of it by ${call} ${JSON.stringify(body ?? {})}`, async () => {
      const before = await contents();
      expect(await use(caller('administrator'), call, body)).toBe(status);
      expect(await contents()).toEqual(before);
    });
  }

  async function contents(): Promise<unknown> {
    const tables = ['organisations', 'dwellings', 'residents', 'devices', 'gateways', 'journal'] as const;
    return Promise.all(tables.map((table) => api.db.selectFrom(table).selectAll().execute()));
  }
});

const userCases: [own: Role, role: Role, organisationId: string, status: number][] = [
  ['administrator', 'administrator', 'a', 201],
  ['administrator', 'operator', 'root', 403],
  ['administrator', 'operator', 'street', 403],
  ['administrator', 'operator', 'b', 403],
  ['supervisor', 'supervisor', 'a', 201],
  ['supervisor', 'operator', 'a', 201],
  ['supervisor', 'installer', 'a', 201],
  ['supervisor', 'administrator', 'a', 403],
  ['supervisor', 'operator', 'nowhere', 403],
  ['operator', 'operator', 'a', 403],
  ['installer', 'installer', 'a', 403],
];
describe('a new user', () => {
  userCases.forEach(([own, role, organisationId, status], index) => {
    it(`${role} of ${organisationId} by the ${own} of a is answered with ${status}`, async () => {
      const body = { name: `new-${index}`, displayName: 'New', role, organisationId };
      expect(await use(caller(own), 'POST /users', body)).toBe(status);
    });
  });
});
