import type { Check } from '@carebell/contracts/commissioning.ts';
import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import { useTranslation } from 'react-i18next';
import { clockTime, hop } from '../app/instants.ts';
import { durationText } from '../escalation/duration-text.ts';
import { useSession } from '../log-in/session.ts';

/** What the hub saw for a check, as it stands in the record. */
export function CheckFacts({ check: { evidence } }: { check: Pick<Check, 'evidence'> }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const word = (kind: string) => (isEventKind(kind) ? t(`eventKind.${kind}`) : kind);
  const time = (at: string) => clockTime(at, session.hub.timeZone);
  const { presses, events, battery, told, shown, alive } = evidence;
  const lines: string[] = [
    ...(presses ?? []).map(({ at, signal, gateways, isGood }) =>
      [
        time(at),
        signal === null ? t('commissioning.noSignal') : t('commissioning.signal', { n: signal }),
        ...(gateways.length === 0
          ? []
          : [
              t('commissioning.heardBy', { gateways: gateways.map(({ gatewayId }) => gatewayId).join(', ') }),
            ]),
        ...(isGood ? [] : [`⚠ ${t('commissioning.weak')}`]),
      ].join(' · '),
    ),
    ...(events ?? []).map(({ at, kind }) => `${time(at)} · ${word(kind)}`),
    ...(battery ? [`${t('commissioning.batteryIs', { n: battery.percent })} · ${time(battery.at)}`] : []),
    ...(told ? [`${time(told.at)} · ${t('commissioning.told', { state: told.state })}`] : []),
    ...(shown
      ? [
          t('commissioning.shownOn', { user: shown.user, time: hop(shown.totalMs) }),
          shown.hops
            .slice(1)
            .map((one) => `${t(`commissioning.hop.${one.hop}`)} ${hop(one.ms)}`)
            .join(' → '),
        ]
      : []),
    ...(alive
      ? [
          [
            t('commissioning.alive', { word: word(alive.word), time: time(alive.at) }),
            ...(alive.periodSeconds === null
              ? []
              : [t('commissioning.within', { time: durationText(t, alive.periodSeconds * 1_000) })]),
          ].join(' · '),
        ]
      : []),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className="check-facts">
      {lines.map((line, index) => (
        // Two presses of the same second may read alike.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={`${index} ${line}`}>{line}</li>
      ))}
    </ul>
  );
}
