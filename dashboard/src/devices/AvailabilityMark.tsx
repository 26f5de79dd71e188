import type { Availability } from '@carebell/contracts/messages.ts';
import { useTranslation } from 'react-i18next';

/** Online, offline or not yet known, by shape, word and colour. */
export function AvailabilityMark({ availability }: { availability: Availability | null }) {
  const { t } = useTranslation();
  const state = availability ?? 'unknown';
  const shape = { online: '●', offline: '✕', unknown: '○' }[state];
  return (
    <span className="availability" data-state={state}>
      <span aria-hidden="true">{shape}</span> {t(`availability.${state}`)}
    </span>
  );
}
