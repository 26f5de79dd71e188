import type { ReactNode, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { BellMark } from '../app/BellMark.tsx';

type Props = { title: string; onSubmit: (event: SyntheticEvent) => void; children: ReactNode };

export function LogInForm({ title, onSubmit, children }: Props) {
  const { t } = useTranslation();
  return (
    <form className="log-in-form" onSubmit={onSubmit} noValidate>
      <div className="log-in-brand">
        <BellMark size={44} />
        <span>{t('product.name')}</span>
      </div>
      <h1>{title}</h1>
      {children}
    </form>
  );
}
