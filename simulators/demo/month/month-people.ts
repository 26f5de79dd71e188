import type { Community } from '../community.ts';

type User = Community['users'][number];

/** Who is on duty by night, who goes to the residents, and who leads: a demo of an hour does without them, a month does not. */
const more: readonly User[] = [
  { name: 'hu.ying', displayName: '胡颖', role: 'operator', organisationId: 'qingshan-station' },
  { name: 'tang.jun', displayName: '唐军', role: 'operator', organisationId: 'huaiyin-station' },
  { name: 'song.yan', displayName: '宋燕', role: 'operator', organisationId: 'liuhe-station' },
  { name: 'lu.bin', displayName: '陆斌', role: 'responder', organisationId: 'qingshan-station' },
  { name: 'gao.jie', displayName: '高洁', role: 'responder', organisationId: 'huaiyin-station' },
  { name: 'wei.dong', displayName: '魏东', role: 'responder', organisationId: 'liuhe-station' },
  { name: 'qin.lan', displayName: '秦岚', role: 'station-manager', organisationId: 'qingshan-station' },
  { name: 'he.ping', displayName: '何平', role: 'station-manager', organisationId: 'huaiyin-station' },
  { name: 'du.juan', displayName: '杜鹃', role: 'station-manager', organisationId: 'liuhe-station' },
  { name: 'fan.rui', displayName: '范蕊', role: 'street-supervisor', organisationId: 'qingshan-street' },
  { name: 'yan.qing', displayName: '严青', role: 'street-supervisor', organisationId: 'liuhe-street' },
];

/** Of two operators of a station the one that comes first has the day. */
export const shiftHours = { day: 8, night: 20 };

export function withMonthPeople(community: Community): Community {
  return { ...community, users: [...community.users, ...more] };
}

/** Invented telephones of the responders; numbers that nobody has. */
export function mobileOf(responder: number): string {
  return `139000090${String(51 + responder)}`;
}
