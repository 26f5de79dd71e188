import { useEffect, useEffectEvent } from 'react';
import { belongsElsewhere } from '../alarm-queue/key-command.ts';
import { handlingKey } from './handling-key.ts';
import type { Handling } from './use-handling.ts';

/** The keys by which an alarm is handled; before the page's own, so that Escape first ends what was begun. */
export function useHandlingKeys(handling: Handling, isOn: boolean, beginNote: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isOn || event.defaultPrevented || belongsElsewhere(event.target, document)) return;
    const key = handlingKey(event);
    if (key === undefined) return;
    if (key === 'leave') {
      if (!handling.isCallingBack) return;
      handling.toggleCallBack();
    } else if (key === 'access') handling.toggleAccess();
    else if (key === 'call-back') handling.toggleCallBack();
    else if (key === 'note') beginNote();
    else handling.answer(key.answer, event.timeStamp);
    event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
