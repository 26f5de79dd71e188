import { inflateRawSync } from 'node:zlib';
import type { Report } from '@carebell/contracts/report.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  for (const station of ['a', 'a', 'b']) await answeredCase(station);
});
afterAll(() => api.close());

let presses = 0;
async function answeredCase(station: string): Promise<void> {
  presses += 1;
  const origin = {
    deviceId: `button-${station}`,
    residentId: `resident-${station}`,
    stationId: station,
    gatewayId: null,
    isKnown: true,
    receivedAtMs: api.clock.now(),
  };
  const event = { id: `p${presses}`, kind: 'button.pressed', data: { key: 'help' } };
  await api.gate.commit('receiveEvent', { event, origin });
  const { id: alarmId } = await api.db
    .selectFrom('alarms')
    .select('id')
    .where('phase', '=', 'raised')
    .executeTakeFirstOrThrow();
  api.clock.move(70_000);
  const user = { id: 'u1', displayName: '李护士' };
  await api.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: false });
  const close = {
    disposition: 'false-alarm',
    proof: 'voice-contact',
    note: '',
    mayCloseForOthers: false,
  } as const;
  await api.gate.commit('closeAlarm', { alarmId, user, ...close });
}

const shanghaiMonth = () => new Date(api.clock.now() + 28_800_000).toISOString().slice(0, 7);

describe('a report', () => {
  it('holds what happened in the part of the organisation that the reader sees', async () => {
    const all = (await (await api.as('admin')).get('/report')).json<Report>();
    expect(all.all).toMatchObject({ cases: 3, within60s: { of: 3, met: 0, share: 0 }, falseAlarms: 3 });
    expect(all.organisations.map(({ id, numbers }) => [id, numbers.cases])).toEqual([
      ['district', 3],
      ['street', 3],
      ['a', 2],
      ['b', 1],
    ]);
    const own = (await (await api.as('supervisor-a')).get(`/report?month=${shanghaiMonth()}`)).json<Report>();
    expect(own.all.cases).toBe(2);
    expect(own.organisations.map(({ id }) => id)).toEqual(['a']);
    expect(JSON.stringify(own)).not.toContain('button-b');
  });

  it('narrows to one organisation and one priority, and hides what lies elsewhere', async () => {
    const admin = await api.as('admin');
    expect((await admin.get('/report?organisationId=b')).json<Report>().all.cases).toBe(1);
    expect((await admin.get('/report?priority=service')).json<Report>().all.cases).toBe(0);
    expect((await admin.get('/report?month=2020-01')).json<Report>().all.cases).toBe(0);
    const supervisor = await api.as('supervisor-a');
    expect((await supervisor.get('/report?organisationId=b')).statusCode).toBe(404);
    expect((await supervisor.get('/report?month=2026-13')).statusCode).toBe(400);
  });

  it('is a CSV file that a table program reads, and who took it is recorded', async () => {
    const answer = await (await api.as('admin')).get('/report.csv?language=en');
    expect(answer.headers['content-disposition']).toContain('carebell-24h.csv');
    const [head, ...rows] = answer.body.trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFFLevel,Name,Alarms,Open,Answered ≤ 60 s,of,Share ≤ 60 s,Target/);
    expect(rows[0]).toBe('All,,3,0,0,3,0.00%,98.50%,3,3,100.00%,99.90%,0,0,,3,3,0,,,0.00%');
    expect(rows).toHaveLength(5);
    const exported = await api.db
      .selectFrom('journal')
      .selectAll()
      .where('kind', '=', 'report-exported')
      .execute();
    expect(exported).toHaveLength(1);
  });

  it('is an Excel workbook whose first sheet holds the same numbers', async () => {
    const admin = await api.as('admin');
    const answer = await admin.get('/report.xlsx?language=zh-CN');
    expect(answer.headers['content-type']).toContain('spreadsheetml');
    const files = unzipped(answer.rawPayload);
    expect(files.get('xl/workbook.xml')).toContain('指标');
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
    const [row] = /<row r="2".*?<\/row>/s.exec(sheet) ?? [''];
    const numbers = [...row.matchAll(/<c r="([A-Z])2"[^>]*><v>([\d.]+)<\/v>/g)];
    expect(Object.fromEntries(numbers.map(([, column, value]) => [column, Number(value)]))).toMatchObject({
      C: 3,
      E: 0,
      F: 3,
      G: 0,
      H: 0.985,
      I: 3,
      K: 1,
      L: 0.999,
      Q: 3,
    });
  });
});

/** The parts of a zip file, by its central directory. */
function unzipped(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  let at = zip.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
  while (at >= 0 && zip.readUInt32LE(at) === 0x02014b50) {
    const [size, nameLength, extra, comment] = [20, 28, 30, 32].map((offset, index) =>
      index === 0 ? zip.readUInt32LE(at + offset) : zip.readUInt16LE(at + offset),
    );
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength!);
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(begin, begin + size!);
    files.set(name, (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString());
    at += 46 + nameLength! + extra! + comment!;
  }
  return files;
}
