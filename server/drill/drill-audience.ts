import type { AlarmCore } from '../alarm/alarm-state.ts';
import type { Recipient } from '../notification/notification-store.ts';

/**
 * Who may be told of this alarm outside of the screens. Of a drill nobody, or only people and channels of the
 * organisation: a daughter who is told that her mother has fallen does not read the word drill.
 */
export function mayBeTold({ drill }: Pick<AlarmCore, 'drill'>, recipient: Pick<Recipient, 'kind'>): boolean {
  if (!drill) return true;
  return drill.notifies === 'staff' && recipient.kind !== 'contact';
}
