import type { Reason } from '@carebell/contracts/detection.ts';
import { instant } from '../clock.ts';
import type { Finding } from './engine.ts';

/** A finding as it stands on an alarm: data, from which a sentence is made where it is read. */
export function reasonOf(finding: Finding): Reason {
  const { rule, ruleId, sinceMs, noticedMs, limitMinutes, by, count, deviceId, room, eventKind } = finding;
  const unknownMinutes = Math.round(finding.unknownMs / 60_000);
  return {
    rule,
    ruleId,
    since: instant(sinceMs),
    noticedAt: instant(noticedMs),
    ...(limitMinutes === undefined ? {} : { limitMinutes }),
    ...(by === undefined ? {} : { by }),
    ...(count === undefined ? {} : { count }),
    ...(deviceId === '' ? {} : { deviceId }),
    ...(room === undefined || room === '' ? {} : { room }),
    ...(eventKind === undefined ? {} : { eventKind }),
    ...(unknownMinutes === 0 ? {} : { unknownMinutes }),
  };
}
