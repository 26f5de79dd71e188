import type { AlarmCore } from '../alarm/alarm-state.ts';
import type { Recipient } from '../notification/notification-store.ts';

/**
 * Who may be told of this alarm outside of the screens. Of a drill nobody, or only people and channels of the
 * organisation: a daughter who is told that her mother has fallen does not read the word drill. Of a test alarm
 * everybody but family, neighbours and volunteers, because it may be a real one.
 */
export function mayBeTold(
  { drill, test }: Pick<AlarmCore, 'drill' | 'test'>,
  recipient: Pick<Recipient, 'kind'>,
): boolean {
  if (test && recipient.kind === 'contact') return false;
  if (!drill) return true;
  return drill.notifies === 'staff' && recipient.kind !== 'contact';
}
