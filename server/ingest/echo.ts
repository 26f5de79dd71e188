import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import { alarmMeaning } from '../alarm/alarm-rules.ts';
import type { HeardEvent } from '../journal/transaction.ts';

/** Two gateways that hear one press report happening times that differ by no more than this. */
export const echoWithinMs = 3_000;

/** Why an event that another gateway has reported already changes nothing. */
export const echoReason = 'heard-by-another-gateway';

/**
 * The stored event of which this one is the echo: the same happening, reported by another gateway. Each gateway echoes an
 * event at most once, so that two presses within the span, heard by two gateways each, stay two.
 */
export function originalOf(
  event: Pick<DeviceEvent, 'kind' | 'data'>,
  { gatewayId, happenedAtMs }: { gatewayId: string; happenedAtMs: number },
  heard: readonly HeardEvent[],
): HeardEvent | undefined {
  const echoed = new Set(
    heard.filter((each) => each.type === 'echo' && each.gatewayId === gatewayId).map(echoedSeq),
  );
  const distance = ({ atMs }: HeardEvent): number => Math.abs(atMs - happenedAtMs);
  return heard
    .filter(
      (each) =>
        each.type === 'event' &&
        each.gatewayId !== gatewayId &&
        !echoed.has(each.seq) &&
        isSameHappening(event, each),
    )
    .toSorted((a, b) => distance(a) - distance(b) || a.seq - b.seq)[0];
}

/**
 * What both say must agree, except numbers: those measure the reception. An event that means another alarm is never an
 * echo, whatever else agrees.
 */
function isSameHappening(event: Pick<DeviceEvent, 'kind' | 'data'>, heard: HeardEvent): boolean {
  if (event.kind !== heard.kind) return false;
  const [said, before] = [event.data ?? {}, dataOf(heard.body)];
  if (alarmOf(event.kind, said) !== alarmOf(event.kind, before)) return false;
  return Object.keys(said).every((name) => {
    if (!Object.hasOwn(before, name)) return true;
    const [one, other] = [said[name], before[name]];
    if (typeof one === 'number' && typeof other === 'number') return true;
    return JSON.stringify(one) === JSON.stringify(other);
  });
}

function alarmOf(kind: string, data: Readonly<Record<string, unknown>>): string | null {
  const meaning = alarmMeaning(kind, data['key']);
  return meaning.type === 'raises' ? meaning.kind : null;
}

function dataOf(body: unknown): Readonly<Record<string, unknown>> {
  const data = fieldOf(body, 'data');
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}

function echoedSeq({ body }: HeardEvent): unknown {
  return fieldOf(body, 'echoOf');
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}
