export type SentenceLanguage = 'zh-CN' | 'en';

/** `3 小时 40 分钟`, `3 h 40 min`. */
export function lengthOf(minutes: number, language: SentenceLanguage): string {
  const whole = Math.round(minutes);
  const [days, hours, rest] = [Math.floor(whole / 1440), Math.floor((whole % 1440) / 60), whole % 60];
  const parts =
    language === 'en'
      ? [days > 0 && `${days} d`, hours > 0 && `${hours} h`, (rest > 0 || whole === 0) && `${rest} min`]
      : [days > 0 && `${days} 天`, hours > 0 && `${hours} 小时`, (rest > 0 || whole === 0) && `${rest} 分钟`];
  return parts.filter((part) => part !== false).join(' ');
}

/** `08:12` by the clock on the wall. */
export function clockOf(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    Date.parse(at),
  );
}

/** `03-14`. */
export function dayOf(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, month: '2-digit', day: '2-digit' }).format(
    Date.parse(at),
  );
}
