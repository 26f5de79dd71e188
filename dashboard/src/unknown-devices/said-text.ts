import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import { buttonKeys } from '@carebell/contracts/event-kinds.ts';
import { codeReceived } from '@carebell/contracts/signal-roles.ts';
import type { UnknownSaid } from '@carebell/contracts/unknown-devices.ts';
import { useTranslation } from 'react-i18next';

/** One thing that an unknown device said, in words: what it means, and which signal of its radio code that was. */
export function useSaidText(): (said: Pick<UnknownSaid, 'kind' | 'signal' | 'key'>) => string {
  const { t } = useTranslation();
  return ({ kind, signal, key }) => {
    const known = buttonKeys.find((name) => name === key);
    const meaning =
      kind === codeReceived
        ? t('unknown.codeOnly')
        : isEventKind(kind)
          ? [t(`eventKind.${kind}`), ...(known === undefined ? [] : [t(`kind.${known}`)])].join(' · ')
          : kind;
    return signal === null ? meaning : `${meaning} (${signal})`;
  };
}
