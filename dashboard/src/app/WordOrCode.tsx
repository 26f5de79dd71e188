import { exists } from 'i18next';
import { useTranslation } from 'react-i18next';

type Props = {
  /** Of the texts, `group.name`. */
  path: string;
};

/** A name that the hub gave, in words; one that the dashboard has none for as it stands. */
export function WordOrCode({ path }: Props) {
  const { t } = useTranslation();
  const isWord = exists(path);
  // The path is built from a name of the hub and was looked up before.
  if (isWord) return <>{t(path as 'auditKind.medical-viewed')}</>;
  return <code>{path.slice(path.indexOf('.') + 1)}</code>;
}
