import type {
  ChannelAddress,
  NotificationLocale,
  NotificationReason,
} from '@carebell/contracts/notifications.ts';
import type { Clock } from '../clock.ts';
import { instant } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { lookEvery } from '../journal/recurring-look.ts';
import type { Channel, ChannelMessage } from '../notification/channel.ts';
import { notificationPolicy } from '../notification/notification-machine.ts';
import type { DueMail, MonthlyReads } from './monthly-store.ts';

export type ReportMailPorts = {
  gate: Pick<Gate, 'commit' | 'store'>;
  clock: Pick<Clock, 'now' | 'every'>;
  reads: Pick<MonthlyReads, 'dueMails'>;
  /** The channel that serves an address of somebody of this organisation, ready to send. */
  channelFor(organisationId: string, address: ChannelAddress): Promise<Channel | undefined>;
  /** The dashboard's own address. */
  publicUrl(): string;
  locale: NotificationLocale;
  troubled(event: string, error: unknown): void;
};

const words = {
  'zh-CN': {
    title: (month: string) => `安铃：${month} 月报已生成`,
    text: (month: string, link: string) =>
      `${month} 的指标月报已生成并存档：\n${link}\n\n登录后可查看、下载 Excel 和 CSV。`,
  },
  en: {
    title: (month: string) => `Carebell: the report of ${month} is there`,
    text: (month: string, link: string) =>
      `The report of ${month} was made and stored:\n${link}\n\nLog in to read it and to download it as Excel or CSV.`,
  },
} as const;

/** Nobody is in a hurry for it. */
const lookEveryMs = 30_000;

/** Tells by e-mail who wants it that the reports of a month are there; survives restarts, and a mail server that is down. */
export function openReportMail(ports: ReportMailPorts): { look(): Promise<void>; stop(): void } {
  const { gate, clock, reads } = ports;
  async function look(): Promise<void> {
    for (const mail of await reads.dueMails(clock.now())) await send(mail);
  }

  async function send(mail: DueMail): Promise<void> {
    const { month, userId, attempts } = mail;
    const address = mail.addresses.find(({ kind }) => kind === 'e-mail');
    const channel = address && (await ports.channelFor(mail.organisationId, address));
    let reason: NotificationReason | null = address === undefined ? 'address-refused' : 'channel-missing';
    let isFinal = address === undefined;
    if (address && channel) {
      const signal = AbortSignal.timeout(notificationPolicy.sendWithinMs);
      const receipt = await channel.send(messageOf(mail, address.address), signal);
      reason = receipt.is === 'refused' ? receipt.reason : null;
      isFinal = receipt.is === 'refused' && !receipt.isWorthRetrying;
    }
    await gate.commit('recordReportMail', { month, userId, attempts, reason, isFinal });
  }

  function messageOf({ month, userId, organisationId, locale }: DueMail, address: string): ChannelMessage {
    const language = locale ?? ports.locale;
    const link = `${ports.publicUrl()}/numbers?month=${month}`;
    const { title, text } = words[language];
    return {
      id: `report-${month}-${userId}`,
      address,
      locale: language,
      title: title(month),
      text: text(month, link),
      short: `${title(month)} ${link}`,
      link,
      urgency: 3,
      alarm: {
        id: `report-${month}`,
        kind: 'report',
        priority: 'technical',
        pressedAt: instant(clock.now()),
        stationId: organisationId,
      },
    };
  }

  const failed = (error: unknown): void => ports.troubled('report.mail-failed', error);
  return { look, ...lookEvery({ gate, clock, everyMs: lookEveryMs, look, failed }) };
}
