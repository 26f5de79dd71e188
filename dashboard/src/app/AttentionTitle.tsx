import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';

/** How many alarms wait, in the window's title and on its icon: for a window that lies behind another. */
export function AttentionTitle() {
  const { t } = useTranslation();
  const { alarms } = useAlarmDesk();
  let waiting = 0;
  let grave = 0;
  for (const alarm of alarms.values()) {
    if (alarm.phase !== 'raised') continue;
    waiting += 1;
    if (alarm.priority === 'emergency' || alarm.priority === 'urgent') grave += 1;
  }

  const title =
    waiting === 0 ? t('product.name') : `(${waiting}) ${t('phase.raised')} · ${t('product.name')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  const href = waiting === 0 ? '/favicon.svg' : countIcon(waiting, grave > 0);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('#favicon');
    if (icon !== null) icon.href = href;
  }, [href]);
  return null;
}

function countIcon(count: number, isGrave: boolean): string {
  const text = count > 99 ? '99+' : String(count);
  const size = [22, 18, 14][text.length - 1] ?? 14;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${
    isGrave ? '#c8102e' : '#2563ae'
  }"/><text x="16" y="17" fill="#fff" font-family="sans-serif" font-weight="700" font-size="${size}" text-anchor="middle" dominant-baseline="central">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
