import { exists } from 'i18next';
import { useTranslation } from 'react-i18next';

/** What to do for what is waited for; the hub's own word where the dashboard has none. */
export function useDoText(): (next: string) => string {
  const { t } = useTranslation();
  return (next) => {
    const key = `commissioning.do.${next}`;
    // The key is built from a word of the hub and was looked up.
    return exists(key) ? t(key as 'commissioning.do.press') : next;
  };
}
