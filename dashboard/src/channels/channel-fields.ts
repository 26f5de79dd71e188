import type { ChannelKind } from '@carebell/contracts/notifications.ts';

/** One line of a channel's form. `path` is where it stands in the contract, `settings.…` or `secrets.…`. */
export type ChannelField = {
  name: string;
  path: string;
  /** `list`: words divided by commas; `headers`: a name and a value on each line. */
  input: 'text' | 'number' | 'long' | 'switch' | 'choice' | 'list' | 'headers' | 'secret';
  isRequired: boolean;
  options?: readonly string[];
  begins?: string | boolean;
};

const text = (name: string, isRequired = true, more: Partial<ChannelField> = {}): ChannelField => ({
  name,
  path: `settings.${name}`,
  input: 'text',
  isRequired,
  ...more,
});
const secret = (name: string, isRequired: boolean): ChannelField => ({
  name: `secret-${name}`,
  path: `secrets.${name}`,
  input: 'secret',
  isRequired,
});
const ca = text('ca', false, { input: 'long' });
const report = (name: string, more: Partial<ChannelField> = {}) =>
  text(`report-${name}`, false, { path: `settings.report.${name}`, ...more });
const robot = [
  secret('url', true),
  secret('signing', false),
  text('doesMention', false, { input: 'switch', begins: true }),
  ca,
];

/** What a form asks for each kind, in the order in which it is known. A gateway's secrets have names of their own. */
export const channelFields: Record<ChannelKind, readonly ChannelField[]> = {
  'e-mail': [
    text('host'),
    text('port', true, { input: 'number', begins: '587' }),
    text('security', true, {
      input: 'choice',
      options: ['starttls', 'tls', 'none'],
      begins: 'starttls',
    }),
    text('from'),
    text('userName', false),
    secret('password', false),
    ca,
  ],
  'web-push': [text('subject', true, { begins: 'mailto:' }), secret('privateKey', false), ca],
  webhook: [text('url'), secret('signing', true), ca],
  wecom: robot,
  dingtalk: robot,
  feishu: robot,
  sms: [
    text('method', true, { input: 'choice', options: ['POST', 'GET', 'PUT'], begins: 'POST' }),
    text('url'),
    text('headers', false, { input: 'headers' }),
    text('body', false, { input: 'long' }),
    text('success-path', false, { path: 'settings.success.path' }),
    text('success-equals', false, { path: 'settings.success.equals', input: 'list' }),
    text('receiptPath', false),
    report('idPath'),
    report('statePath'),
    report('delivered', { input: 'list' }),
    report('failed', { input: 'list' }),
    report('withinSeconds', { input: 'number' }),
    ca,
  ],
};

/** Kinds that send to a person's address; a robot and a webhook are addresses themselves. */
export function isAddressed(kind: ChannelKind): boolean {
  return kind === 'e-mail' || kind === 'sms' || kind === 'web-push';
}
