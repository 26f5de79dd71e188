import type { DeviceEvent, Signals } from '@carebell/contracts/messages.ts';
import { codeReceived, roleOfSignal } from '@carebell/contracts/signal-roles.ts';

/**
 * What an event means that a gateway reported without knowing the device: the signal's role as the registry has it, then
 * the protocol's own meaning, then what devices of the type usually say. A gateway that has not heard the list of devices
 * yet loses no press by it. What was heard stays in `data.signal`.
 */
export function heardMeaning(
  event: DeviceEvent,
  { type, signals }: { type: string; signals: Signals },
): DeviceEvent {
  const named = event.data?.['signal'];
  const signal = typeof named === 'string' ? named : '';
  const said = event.kind === codeReceived ? undefined : event.kind;
  const role = roleOfSignal({ signal, said, type }, [signals]);
  if (role === undefined) return event;
  const key = role.kind === 'button.pressed' ? { key: role.key ?? 'help' } : {};
  return { ...event, kind: role.kind, data: { ...event.data, ...key } };
}
