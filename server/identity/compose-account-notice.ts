import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import { instant } from '../clock.ts';
import { alarmWords } from '../notification/alarm-words.ts';
import type { ChannelMessage } from '../notification/channel.ts';
import type { MessageOrder } from '../notification/compose-message.ts';
import type { AccountChange, AccountNotice } from './account-notice.ts';

type Words = { changes: Record<AccountChange, string>; own: string; other: string; separator: string };

const wordsIn: Record<NotificationLocale, Words> = {
  'zh-CN': {
    changes: {
      password: '登录密码已修改',
      'second-factor-enrolled': '已启用登录验证码',
      'second-factor-removed': '登录验证码已停用',
      'second-factor-reset': '登录验证码已解除',
      'recovery-code-used': '一个恢复码已被使用',
      addresses: '接收通知的地址已更改',
    },
    own: '如非本人操作，请立即联系管理员。',
    other: '由管理人员操作。如您不知情，请立即联系管理员。',
    separator: '。',
  },
  en: {
    changes: {
      password: 'your password was changed',
      'second-factor-enrolled': 'log-in with a code was turned on',
      'second-factor-removed': 'log-in with a code was turned off',
      'second-factor-reset': 'log-in with a code was taken away',
      'recovery-code-used': 'a recovery code was used',
      addresses: 'the addresses to which you are notified were changed',
    },
    own: 'If this was not you, tell an administrator at once.',
    other: 'Somebody who manages accounts did it. If you do not know why, tell an administrator at once.',
    separator: '. ',
  },
};

/** What happened, when, and what to do if it was somebody else. Without a link: nobody is taught to log in through a message. */
export function composeAccountNotice(
  { notificationId, purpose, recipient, address, urgency }: MessageOrder,
  { userId, change, isOwnDoing, atMs }: AccountNotice,
  hub: { timeZone: string; locale: NotificationLocale },
): ChannelMessage {
  const locale = recipient.locale ?? hub.locale;
  const words = wordsIn[locale];
  const when = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: hub.timeZone,
  }).format(new Date(atMs));
  const what = `${alarmWords[locale].purposes[purpose]}${words.changes[change]}`;
  const advice = isOwnDoing ? words.own : words.other;
  return {
    id: notificationId,
    address,
    locale,
    title: `${alarmWords[locale].product} ${what}`,
    text: [what, `${alarmWords[locale].pressedAt}: ${when}`, advice].join('\n'),
    short: `${what} ${when}${words.separator}${advice}`,
    link: null,
    urgency,
    alarm: {
      id: `account.${userId}`,
      kind: purpose,
      priority: 'service',
      pressedAt: instant(atMs),
      stationId: null,
    },
  };
}
