import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import type { JournalEvent } from '@carebell/contracts/http-api.ts';
import { availabilitySchema } from '@carebell/contracts/messages.ts';
import { useTranslation } from 'react-i18next';

/** What a device said, in words; a kind that the contracts do not know as the device wrote it. */
export function useEventText(): (event: Pick<JournalEvent, 'type' | 'kind'>) => string {
  const { t } = useTranslation();
  return ({ type, kind }) => {
    const said = kind ?? '';
    const availability = availabilitySchema.safeParse(said);
    if (type === 'availability' && availability.success) return t(`availability.${availability.data}`);
    if (!isEventKind(said)) return `${t(`eventType.${type}`)} ${said}`.trim();
    const word = t(`eventKind.${said}`);
    return type === 'event' ? word : `${t(`eventType.${type}`)} ${word}`;
  };
}
