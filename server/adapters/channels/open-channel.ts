import { channelContents } from '@carebell/contracts/channels.ts';
import type { ChannelKind } from '@carebell/contracts/notifications.ts';
import type { Channel } from '../../notification/channel.ts';
import { openEMail } from './e-mail.ts';
import { openGroupRobot } from './group-robots.ts';
import { openSmsGateway } from './sms-gateway.ts';
import { openWebPush } from './web-push.ts';
import { openWebhook } from './webhook.ts';

/** Opens a channel from what is stored of it; `undefined` if that does not fit its kind, after an older version. */
export function openChannel(
  kind: ChannelKind,
  stored: { settings: unknown; secrets: unknown },
  now: () => number,
): Channel | undefined {
  switch (kind) {
    case 'e-mail': {
      const contents = contentsOf('e-mail', stored);
      return contents && openEMail(contents.settings, contents.secrets);
    }
    case 'web-push': {
      const contents = contentsOf('web-push', stored);
      return contents && openWebPush(contents.settings, contents.secrets, now);
    }
    case 'webhook': {
      const contents = contentsOf('webhook', stored);
      return contents && openWebhook(contents.settings, contents.secrets, now);
    }
    case 'sms': {
      const contents = contentsOf('sms', stored);
      return contents && openSmsGateway(contents.settings, contents.secrets);
    }
    case 'wecom':
    case 'dingtalk':
    case 'feishu': {
      const contents = contentsOf(kind, stored);
      return contents && openGroupRobot(kind, contents.settings, contents.secrets, now);
    }
  }
}

type Contents<K extends ChannelKind> = {
  settings: ReturnType<(typeof channelContents)[K]['settings']['parse']>;
  secrets: ReturnType<(typeof channelContents)[K]['secrets']['parse']>;
};

function contentsOf<K extends ChannelKind>(
  kind: K,
  stored: { settings: unknown; secrets: unknown },
): Contents<K> | undefined {
  const settings = channelContents[kind].settings.safeParse(stored.settings);
  const secrets = channelContents[kind].secrets.safeParse(stored.secrets);
  if (!settings.success || !secrets.success) return undefined;
  return { settings: settings.data, secrets: secrets.data } as Contents<K>;
}
