import type { AuditEntry } from '@carebell/contracts/audit.ts';
import type { SecondFactorOffer } from '@carebell/contracts/second-factor.ts';
import { codeAt } from '@carebell/server/identity/totp.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { logIn } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { openFarMailServer, textOf } from '../far-mail-server.ts';
import { hastyClock } from '../hasty-clock.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';

let hub: ScenarioHub;
let community: Community;
let far: Awaited<ReturnType<typeof openFarMailServer>>;
let userId: string;

beforeAll(async () => {
  hub = await startHub({ clock: hastyClock });
  far = await openFarMailServer();
  community = await settle(hub);
  const { district, station } = community;
  await hub.admin.create('/channels', {
    organisationId: district.id,
    kind: 'e-mail',
    name: '区邮件',
    settings: { host: '127.0.0.1', port: far.port, security: 'none', from: '安铃 <hub@example.org>' },
    secrets: {},
  });
  const user = { name: 'sun', displayName: '孙敏', role: 'operator', organisationId: station.id, password };
  const answer = await hub.admin.create<{ user: { id: string } }>('/users', user);
  userId = answer.user.id;
});
afterAll(async () => {
  await hub.stop();
  await far.close();
});

/** The next mail, once there is one and no other with it. */
async function nextMail(): Promise<{ to: string; text: string }> {
  const mail = await vi.waitFor(() => {
    expect(far.mails).toHaveLength(1);
    return far.mails[0]!;
  });
  far.mails.length = 0;
  return { to: /^To: (.*)$/m.exec(mail)?.[1]?.trim() ?? '', text: textOf(mail) };
}

it('whoever changes how somebody logs in, or where they are told of it, cannot hide it from them', async () => {
  const told = (...addresses: string[]) => ({
    addresses: addresses.map((address) => ({ kind: 'e-mail', address })),
  });
  const sun = await logIn(hub.url, 'sun', password);
  expect((await sun.patch('/users/me/addresses', told('sun@example.org'))).status).toBe(200);
  // Nobody was told there before, and the same once more is no change.
  expect((await sun.patch('/users/me/addresses', told('sun@example.org'))).status).toBe(200);

  expect((await sun.patch('/users/me/addresses', told('new@example.org'))).status).toBe(200);
  const moved = await nextMail();
  expect(moved.to).toBe('sun@example.org');
  expect(moved.text).toContain('您的账号：接收通知的地址已更改');
  expect(moved.text).not.toContain('new@example.org');

  const next = 'quite another long one';
  const own = { password: next, currentPassword: password };
  expect((await sun.patch(`/users/${userId}`, own)).status).toBe(200);
  const changed = await nextMail();
  expect(changed.to).toBe('new@example.org');
  expect(changed.text).toContain('登录密码已修改');
  expect(changed.text).toContain('如非本人操作，请立即联系管理员。');
  expect(changed.text).not.toMatch(/https?:/);

  const { body: offer } = await sun.post<SecondFactorOffer>('/users/me/second-factor', { password: next });
  const code = codeAt(offer.secret, Date.now());
  expect((await sun.post('/users/me/second-factor/confirmation', { code })).status).toBe(200);
  expect((await nextMail()).text).toContain('已启用登录验证码');

  expect((await hub.admin.delete(`/users/${userId}/second-factor`)).status).toBe(204);
  const reset = await nextMail();
  expect(reset.text).toContain('登录验证码已解除');
  expect(reset.text).toContain('由管理人员操作。');

  expect((await hub.admin.patch(`/users/${userId}`, { password: 'given anew by somebody' })).status).toBe(
    200,
  );
  expect((await nextMail()).text).toContain('由管理人员操作。');

  // Another name or right is no matter of logging in.
  expect((await hub.admin.patch(`/users/${userId}`, { displayName: '孙敏敏' })).status).toBe(200);
  const records = await vi.waitFor(async () => {
    const { body } = await hub.admin.get<{ items: AuditEntry[] }>('/audit?topic=users&limit=500');
    const sent = body.items.filter(({ kind }) => kind === 'account-notice-accepted');
    expect(sent.map(({ id }) => id)).toEqual(Array.from({ length: 5 }, () => userId));
    return body.items;
  });
  expect(JSON.stringify(records)).not.toContain('example.org');
  expect(far.mails).toEqual([]);
});
