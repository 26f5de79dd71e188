import type { ChannelView } from '@carebell/contracts/channels.ts';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';

/** Whether messages go out by it; if not, since when, why, and when it is tried again. */
export function ChannelState({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { isEnabled, health } = channel;
  const time = (instant: string) => dayAndTime(instant, session.hub.timeZone);
  const reason = health.lastReason === null ? '' : t(`not-notified.${health.lastReason}`);
  if (!isEnabled) return <State is="off" text={`○ ${t('channelPage.off')}`} />;
  if (health.suspendedAt !== null) {
    const since = t('channelPage.suspended', { time: time(health.suspendedAt), reason });
    const probe = health.probeAt === null ? '' : t('channelPage.nextProbe', { time: time(health.probeAt) });
    return <State is="suspended" text={`✕ ${since}`} more={probe} />;
  }
  if (health.failures > 0) {
    return <State is="failing" text={`! ${t('channelPage.failing', { n: health.failures, reason })}`} />;
  }
  return <State is="working" text={`✓ ${t('channelPage.working')}`} />;
}

function State({ is, text, more }: { is: string; text: string; more?: string }) {
  return (
    <span className="channel-state" data-state={is} data-testid="channel-state">
      <strong>{text}</strong> {more}
    </span>
  );
}
