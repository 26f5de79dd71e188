import { channelContents } from '@carebell/contracts/channels.ts';
import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { Problem } from '@carebell/contracts/http-api.ts';
import type { ChannelKind } from '@carebell/contracts/notifications.ts';
import type { z } from 'zod';
import { channelFields } from './channel-fields.ts';
import type { ChannelField } from './channel-fields.ts';

export type Entered = Readonly<Record<string, string | boolean>>;
/** A secret of an SMS gateway: the template asks for it by `{secret.NAME}`. */
export type NamedSecret = { name: string; value: string };
type Tree = { [key: string]: unknown };

/** What a form begins with. A secret is never known, so its field is empty. */
export function enteredOf(kind: ChannelKind, channel: Pick<ChannelView, 'settings'> | undefined): Entered {
  return Object.fromEntries(
    channelFields[kind].map((field) => [
      field.name,
      channel === undefined || field.input === 'secret'
        ? (field.begins ?? (field.input === 'switch' ? false : ''))
        : shownAs(field, at(channel.settings, field.path)),
    ]),
  );
}

/** The settings that were entered; a part of which nothing was entered is left out. */
export function settingsOf(kind: ChannelKind, entered: Entered): Tree {
  const settings: Tree = {};
  for (const field of channelFields[kind]) {
    const [root, ...path] = field.path.split('.');
    if (root !== 'settings') continue;
    const value = valueOf(field, entered[field.name]);
    if (value !== undefined) put(settings, path, value);
  }
  return settings;
}

/** The secrets that were entered now; one that is left empty stays as it is. */
export function secretsOf(
  kind: ChannelKind,
  entered: Entered,
  named: readonly NamedSecret[],
): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const { name, path, input } of channelFields[kind]) {
    const value = entered[name];
    if (input === 'secret' && typeof value === 'string' && value !== '')
      secrets[path.replace('secrets.', '')] = value;
  }
  for (const { name, value } of named) if (name.trim() !== '' && value !== '') secrets[name.trim()] = value;
  return secrets;
}

/** What the contract finds wrong, by the name of the field. `known` are secrets that the hub has already. */
export function wrongFields(
  kind: ChannelKind,
  settings: Tree,
  secrets: Record<string, string>,
  known: readonly string[],
): Map<string, 'required' | 'wrong'> {
  const { settings: settingsSchema, secrets: secretsSchema } = channelContents[kind];
  const wrong = new Map<string, 'required' | 'wrong'>();
  const take = (root: string, issues: readonly z.core.$ZodIssue[] | undefined) => {
    for (const { path, input } of issues ?? []) {
      const isKnown = root === 'secrets' && input === undefined && known.includes(String(path[0]));
      if (isKnown) continue;
      const isMissing = input === undefined || input === '';
      wrong.set(fieldAt(kind, [root, ...path].join('.')), isMissing ? 'required' : 'wrong');
    }
  };
  take('settings', settingsSchema.safeParse(settings, { reportInput: true }).error?.issues);
  take('secrets', secretsSchema.safeParse(secrets, { reportInput: true }).error?.issues);
  return wrong;
}

/** What the hub found wrong, by the name of the field. */
export function refusedFields(kind: ChannelKind, { errors }: Problem): Map<string, 'wrong'> {
  return new Map((errors ?? []).map(({ field }) => [fieldAt(kind, field), 'wrong' as const]));
}

/** The field that stands at a path, or below which it stands. */
function fieldAt(kind: ChannelKind, path: string): string {
  const field = channelFields[kind].find((one) => path === one.path || path.startsWith(`${one.path}.`));
  if (field !== undefined) return field.name;
  return channelFields[kind].find((one) => one.path.startsWith(`${path}.`))?.name ?? path;
}

function shownAs({ input }: ChannelField, value: unknown): string | boolean {
  if (input === 'switch') return value === true;
  if (input === 'list') return Array.isArray(value) ? value.join(', ') : '';
  if (input === 'headers')
    return Object.entries((value ?? {}) as Record<string, string>)
      .map(([name, content]) => `${name}: ${content}`)
      .join('\n');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function valueOf({ input }: ChannelField, value: string | boolean | undefined): unknown {
  if (typeof value !== 'string') return value ?? false;
  const entered = value.trim();
  if (entered === '') return undefined;
  switch (input) {
    case 'number':
      return Number(entered);
    case 'list':
      return entered.split(/[,，]/).flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
    case 'headers':
      return Object.fromEntries(
        entered.split('\n').map((line) => {
          const [name = '', ...content] = line.split(':');
          return [name.trim(), content.join(':').trim()];
        }),
      );
    default:
      return entered;
  }
}

function at(settings: Tree, path: string): unknown {
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (tree, name) => (typeof tree === 'object' && tree !== null ? (tree as Tree)[name] : undefined),
      settings,
    );
}

function put(tree: Tree, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const inner = (tree[name] ?? {}) as Tree;
  tree[name] = inner;
  put(inner, rest, value);
}
