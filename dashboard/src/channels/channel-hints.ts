import type { zhCNChannels } from '../i18n/zh-CN-channels.ts';

type Hint = keyof typeof zhCNChannels.channelHint;

const hints: Record<string, Hint> = {
  ca: 'ca',
  from: 'from',
  subject: 'subject',
  'secret-privateKey': 'privateKey',
  'secret-signing': 'signing',
  'secret-url': 'robotUrl',
  headers: 'headers',
  body: 'body',
  'success-path': 'success',
  'success-equals': 'list',
  'report-idPath': 'report',
  'report-delivered': 'list',
  'report-failed': 'list',
};

export function channelHintOf(field: string): Hint | undefined {
  return hints[field];
}
