import { createHash } from 'node:crypto';
import type { CaseFile } from '@carebell/contracts/case-file.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { closeAlarm, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let lookout: Lookout;
let button: VirtualDevice;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  lookout = await openLookout(hub, community);
  button = await connectDevice(hub, community.button);
});
afterAll(async () => {
  lookout.close();
  await button.end();
  await hub.stop();
});

async function closedCase(): Promise<string> {
  await button.send('button.pressed', { data: { key: 'help' } });
  const { id } = await lookout.alarmOf(community.button.id);
  await closeAlarm(hub, id);
  return id;
}

/** The chain as the documentation describes it, counted anew from what the file holds. */
function countedAnew({ id, log }: CaseFile): string {
  let hash = '';
  for (const { atMs, body } of log) {
    hash = createHash('sha256').update(`${hash}\n${id}\n${atMs}\n${body}`).digest('hex');
  }
  return hash;
}

describe('the case file of an alarm', () => {
  it('holds everything on record, with a chain that anybody can count again', async () => {
    const id = await closedCase();
    const { status, body } = await hub.admin.get<CaseFile>(`/alarms/${id}/case-file`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      phase: 'closed',
      resident: { name: community.resident.name },
      contacts: [{ name: '王丽' }],
      dwelling: { id: community.dwelling.id },
      device: { id: community.button.id },
      exportedBy: { displayName: expect.any(String) },
      chain: { holds: true, fault: null, brokenAt: null },
    });
    expect(body.log.map(({ seq }) => seq)).toEqual(body.timeline.map(({ seq }) => seq));
    expect(body.chain).toMatchObject({ steps: body.log.length, lastHash: countedAnew(body) });
  });

  it('is no business of an operator, and not there for who may not see the alarm', async () => {
    const id = await closedCase();
    expect((await community.operator.get(`/alarms/${id}/case-file`)).status).toBe(403);
    expect((await hub.admin.get('/alarms/nothing/case-file')).status).toBe(404);
  });
});
