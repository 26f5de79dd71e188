import { belongsElsewhere } from '../alarm-queue/key-command.ts';
import { handlingKey } from './handling-key.ts';
import type { Handling } from './use-handling.ts';
import { useDocumentKeys } from '../alarm-queue/use-document-keys.ts';

/** The keys by which an alarm is handled; before the page's own, so that Escape first ends what was begun. */
export function useHandlingKeys(handling: Handling, isOn: boolean, beginNote: () => void): void {
  useDocumentKeys((event) => {
    if (!isOn || event.defaultPrevented || belongsElsewhere(event.target, document)) return;
    const key = handlingKey(event);
    if (key === undefined) return;
    if (key === 'leave') {
      if (handling.isCallingBack) handling.toggleCallBack();
      else if (handling.isSendOpen) handling.toggleSending();
      else return;
    } else if (key === 'access') handling.toggleAccess();
    else if (key === 'call-back') handling.toggleCallBack();
    else if (key === 'send') handling.toggleSending();
    else if (key === 'note') beginNote();
    // Who is sent is chosen by the card of it.
    else if (handling.isSending) return;
    else handling.answer(key.answer, event.timeStamp);
    event.preventDefault();
  }, true);
}
