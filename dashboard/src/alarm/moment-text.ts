import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';

/** Which text says when an alarm began: a call was pressed by someone, everything else happened. */
export function momentText(kind: AlarmKind): 'queue.pressedAt' | 'queue.happenedAt' {
  const isCall = kind === 'help' || alarmKinds[kind].priority === 'service';
  return isCall ? 'queue.pressedAt' : 'queue.happenedAt';
}
