import type { DeviceType } from '@carebell/contracts/registry.ts';
import type { SignalRole } from '@carebell/contracts/messages.ts';
import type { UnknownSaid } from '@carebell/contracts/unknown-devices.ts';
import { useTranslation } from 'react-i18next';
import { choicesFor, roleOf, usualRole } from './key-roles.ts';
import type { RoleChoice } from './key-roles.ts';

type Props = {
  type: DeviceType;
  said: readonly UnknownSaid[];
  chosen: ReadonlyMap<string, RoleChoice>;
  onChoose: (signal: string, choice: RoleChoice) => void;
};

/** What each signal that was heard means; a key that was not pressed yet comes up as soon as it is. */
export function KeyRoles({ type, said, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const signals = said.filter(
    ({ signal }, index) => signal !== null && said.findIndex((other) => other.signal === signal) === index,
  );
  if (signals.length === 0) return null;
  const roleText = ({ kind, key }: SignalRole) =>
    key === undefined ? t(`eventKind.${kind}`) : `${t(`eventKind.${kind}`)} · ${t(`kind.${key}`)}`;
  return (
    <fieldset className="key-roles">
      <legend>{t('unknown.keys')}</legend>
      <p className="dim">{t('unknown.keysHint')}</p>
      {signals.map((line) => {
        const signal = line.signal ?? '';
        const usual = usualRole(type, line);
        return (
          <label key={signal} className="unknown-field">
            <code>{signal}</code>
            <select
              className="plain-input"
              value={chosen.get(signal) ?? 'usual'}
              onChange={(event) => onChoose(signal, event.target.value)}
            >
              {choicesFor(type).map((choice) => {
                const role = roleOf(choice);
                const words =
                  role === undefined
                    ? t('unknown.usual', {
                        role: usual === undefined ? t('unknown.noRole') : roleText(usual),
                      })
                    : roleText(role);
                return (
                  <option key={choice} value={choice}>
                    {words}
                  </option>
                );
              })}
            </select>
          </label>
        );
      })}
    </fieldset>
  );
}
