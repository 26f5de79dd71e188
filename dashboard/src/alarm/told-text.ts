import { useTranslation } from 'react-i18next';
import type { Told } from './told-people.ts';

/** How far somebody who was told or asked has come, in words, without the name. */
export function useToldText(): (told: Told) => string {
  const { t } = useTranslation();
  return ({ is, channel, reason, by, report }) => {
    const by_ = by === null ? [] : [t('told.by', { user: by })];
    const because = reason === null || is === 'withdrawn' ? '' : ` (${t(`not-notified.${reason}`)})`;
    const way = channel === null ? '' : `${t(`channel.${channel}`)} `;
    const said = report === null ? [] : [t(`told.said.${report}`)];
    return [`${way}${t(`told.${is}`)}${because}`, ...by_, ...said].join(' · ');
  };
}
