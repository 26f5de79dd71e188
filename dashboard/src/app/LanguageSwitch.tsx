import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { languages } from '../i18n/language.ts';
import type { Language } from '../i18n/language.ts';
import { useSettings } from './settings.ts';
import { useWorkplace } from './workplace.ts';

export function LanguageSwitch() {
  const { t } = useTranslation();
  const { settings } = useWorkplace();
  const { language } = useSettings(settings);
  return (
    <Segmented<Language>
      aria-label={t('settings.language')}
      value={language}
      options={Object.entries(languages).map(([value, label]) => ({ value: value as Language, label }))}
      onChange={(chosen) => settings.change({ language: chosen })}
    />
  );
}
