import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

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

const policy = {
  name: 'all',
  steps: [{ afterMs: 0, recipients: ['station-operators', 'street'] }],
  repeatEveryMs: 60_000,
  acknowledgementExpiresAfterMs: 300_000,
  remindEveryMs: 600_000,
  deadlines: { answeredWithinMs: 60_000, closedWithinMs: 3_600_000 },
};

const caller = (name: string): Caller => callers.get(name)!;

const leaders = 'administrator supervisor district-supervisor street-supervisor';
const managers = `${leaders} station-manager`;
const people = `${managers} operator`;
const everybody = roles.join(' ');
const all = `${people} installer auditor`;
const technicians = `${managers} installer`;

const hook = {
  organisationId: 'a',
  kind: 'webhook',
  name: 'hook',
  settings: { url: 'http://127.0.0.1:9/' },
  secrets: { signing: 'sixteen letters!' },
};

/** Each route once, with a body that would be accepted, and the roles of station `a` that may use it. */
const routes: [call: string, body: object | undefined, allowed: string][] = [
  ['GET /session', undefined, everybody],
  ['GET /organisations', undefined, all],
  ['GET /organisations/a', undefined, all],
  ['PATCH /organisations/a', { phone: '021 12345' }, managers],
  ['GET /stations', undefined, all],
  ['GET /stations/a', undefined, all],
  ['PATCH /stations/a', { phone: '021 12345' }, managers],
  ['GET /organisations/a/escalation-policies', undefined, `${people} auditor`],
  ['PUT /organisations/a/escalation-policies', { policies: [policy] }, leaders],
  ['POST /organisations/a/escalation-policies/preview', policy, `${people} auditor`],
  ['GET /organisations/a/duty', undefined, `${people} responder auditor`],
  ['PUT /organisations/a/duty', { userIds: [] }, people],
  ['GET /organisations/a/duty/week', undefined, `${people} responder auditor`],
  ['GET /alarms', undefined, `${people} responder auditor`],
  [
    'POST /alarms/close-restored',
    { alarms: [{ alarmId: 'none', disposition: 'equipment-repaired' }] },
    people,
  ],
  ['GET /follow-ups', undefined, people],
  ['GET /organisations/a/rules', undefined, `${people} auditor`],
  ['PUT /organisations/a/rules', { rules: [] }, managers],
  ['POST /organisations/a/rules/trial', { rules: [], days: 1 }, managers],
  ['GET /residents/resident-a/rules', undefined, `${people} auditor`],
  ['PUT /residents/resident-a/rules', { rules: [] }, managers],
  ['POST /residents/resident-a/rules/trial', { rules: [], days: 1 }, managers],
  ['GET /organisations/a/night', undefined, `${people} auditor`],
  ['GET /organisations/a/night/course', undefined, people],
  ['GET /organisations/a/scripts', undefined, `${people} auditor`],
  ['PUT /organisations/a/scripts', { scripts: [] }, managers],
  ['GET /dwellings', undefined, all],
  ['GET /dwellings/home-a', undefined, all],
  ['POST /dwellings', { stationId: 'a', address: 'new' }, technicians],
  ['GET /dwellings/home-a/residents', undefined, technicians],
  ['PATCH /dwellings/home-a', { grid: '3' }, managers],
  ['GET /residents', undefined, `${people} auditor`],
  ['GET /residents/resident-a', undefined, `${people} auditor`],
  ['POST /residents', { dwellingId: 'home-a', name: 'new' }, managers],
  ['PATCH /residents/resident-a', { birthYear: 1940 }, managers],
  ['GET /devices', undefined, all],
  ['GET /devices/button-a', undefined, all],
  ['POST /devices', { type: 'button', dwellingId: 'home-a' }, technicians],
  ['PATCH /devices/button-a', { room: 'bath' }, technicians],
  ['POST /devices/button-a/secret', undefined, technicians],
  ['POST /virtual-devices', { stationId: 'a' }, technicians],
  ['GET /devices/button-a/claim', undefined, technicians],
  ['POST /devices/button-a/claim', undefined, technicians],
  ['DELETE /devices/button-a/claim', undefined, technicians],
  ['GET /import/dwellings/template.csv', undefined, technicians],
  ['GET /import/gateways/template.csv', undefined, technicians],
  ['GET /import/devices/template.csv', undefined, technicians],
  ['POST /import/dwellings', { rows: [{ stationId: 'a', address: 'listed' }] }, technicians],
  ['GET /unknown-devices', undefined, all],
  ['GET /maintenance', undefined, all],
  ['GET /maintenance/summary', undefined, all],
  ['GET /maintenance/list.csv', undefined, technicians],
  ['GET /maintenance/firmware', undefined, all],
  ['PUT /maintenance/firmware', { organisationId: 'a', type: 'button', version: '1' }, managers],
  [
    'POST /maintenance/take',
    { kind: 'never-heard', of: 'gateway', id: 'gateway-a', takeOver: true },
    technicians,
  ],
  [
    'POST /maintenance/notes',
    { kind: 'never-heard', of: 'gateway', id: 'gateway-a', text: 'x' },
    technicians,
  ],
  ['GET /gateways', undefined, all],
  ['GET /gateways/gateway-a', undefined, all],
  ['POST /gateways', { stationId: 'a' }, technicians],
  ['PATCH /gateways/gateway-a', { name: 'cellar' }, technicians],
  ['POST /gateways/gateway-a/secret', undefined, technicians],
  ['GET /supervision/quiet', undefined, all],
  ['GET /supervision/chain', undefined, all],
  ['GET /supervision/batteries', undefined, all],
  ['GET /supervision/button-tests', undefined, all],
  ['PUT /supervision/button-tests/a', { every: 'week' }, technicians],
  ['GET /supervision/device/button-a', undefined, all],
  ['PUT /supervision/device/button-a', { setting: { class: 'sp3' } }, technicians],
  ['GET /channels', undefined, managers],
  ['POST /channels', hook, leaders],
  ['GET /channels/channel-a', undefined, managers],
  ['PATCH /channels/channel-a', { name: 'new' }, leaders],
  ['POST /channels/channel-a/test', {}, leaders],
  ['GET /users', undefined, `${managers} auditor`],
  ['GET /search?q=a', undefined, all],
  ['GET /export/residents.csv', undefined, managers],
  ['GET /export/devices.csv', undefined, technicians],
  ['POST /import/residents', { rows: [{ name: 'new', stationId: 'a', address: 'new' }] }, managers],
  ['GET /tokens', undefined, leaders],
  ['POST /tokens', { name: 'tool' }, leaders],
  ...['events', 'alarm-steps', 'alarm-responses'].map((stream): [string, undefined, string] => [
    `GET /history/${stream}`,
    undefined,
    people,
  ]),
  ...['readings', 'availability', 'gateway-health', 'echoes', 'malformed', 'status'].map(
    (stream): [string, undefined, string] => [`GET /history/${stream}`, undefined, all],
  ),
  ['GET /history/series', undefined, people],
  ['GET /history/activity?residentId=resident-a', undefined, people],
  ['GET /history/nights?residentId=resident-a', undefined, people],
  ['GET /history/door-openings?residentId=resident-a', undefined, people],
  ['GET /absences', undefined, people],
  ['GET /residents/resident-a/absences', undefined, people],
  ['GET /audit', undefined, `${leaders} auditor`],
  ['GET /refusals', undefined, `${technicians} auditor`],
  ['GET /events?deviceId=button-a', undefined, all],
  ['GET /test-modes', undefined, `${people} responder installer auditor`],
  ['POST /test-modes', { of: 'dwelling', id: 'home-a' }, `${people} installer`],
  ['POST /test-modes', { of: 'station', id: 'a' }, managers],
  ['GET /commissionings', undefined, all],
  ['POST /commissionings', { dwellingId: 'home-a' }, technicians],
  ['GET /commissioning-points', undefined, all],
  ['GET /commissioning-retests', undefined, all],
  ['GET /drills', undefined, `${managers} auditor`],
  ['POST /drills', { stationId: 'a', kind: 'help' }, managers],
  ['GET /misses', undefined, `${managers} auditor`],
  ['GET /reports', undefined, `${people} auditor`],
  ['GET /report', undefined, `${people} auditor`],
  ['GET /report.csv', undefined, `${people} auditor`],
  ['GET /report.xlsx', undefined, `${people} auditor`],
  ['GET /history/response-times', undefined, `${people} responder auditor`],
  ['GET /history/alarms', undefined, `${people} responder auditor`],
  ['GET /history/export', undefined, leaders],
  ['GET /residents/resident-a/export', undefined, leaders],
  ['GET /erasures', undefined, 'administrator supervisor district-supervisor'],
  ['GET /history/dead-letters', undefined, `${technicians} auditor`],
  // The whole MQTT tree is more than a station's.
  ['GET /mqtt-accounts', undefined, ''],
  ['POST /mqtt-accounts', { id: 'city', name: 'City' }, ''],
  ['POST /mqtt-accounts/city/secret', undefined, ''],
];

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

  it('stand here with every route of the documentation, so that none is forgotten', async () => {
    const documented = (await api.app.inject('/api/docs/json')).json<{ paths: Record<string, object> }>();
    const calls = Object.entries(documented.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    );
    const tested = routes.map(([call]) =>
      call
        .replace(/\?.*$/, '')
        .replace('/supervision/device/', '/supervision/{of}/')
        .replace(/\/(?:a|city|[a-z]+-a)(?=\/|$)/, '/{id}'),
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
      'POST /absences/{id}/end',
      'GET /alarms/{id}/evidence/device',
      'GET /alarms/{id}/evidence/repeats',
      'GET /alarms/{id}/evidence/movement',
      'GET /alarms/{id}/evidence/past',
      'POST /residents/{id}/erasure',
      'POST /session',
      'DELETE /session',
      'POST /users',
      'GET /users/{id}',
      'PATCH /users/{id}',
      'DELETE /tokens/{id}',
      'DELETE /channels/{id}',
      'DELETE /drills/{id}',
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
