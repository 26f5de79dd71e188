import { useTranslation } from 'react-i18next';
import { useFieldWords } from './field-words.ts';
import type { CellError } from './table-file.ts';

const shownErrors = 100;
const labels = { name: 'personName' } as const;

/** What is wrong in the file, by row and column as the table program shows them. */
export function TableErrors({ errors }: { errors: readonly CellError[] }) {
  const { t } = useTranslation();
  const words = useFieldWords();
  return (
    <div className="table-frame">
      <table className="plain-table" data-testid="import-errors">
        <thead>
          <tr>
            <th>{t('transfer.row')}</th>
            <th>{t('transfer.column')}</th>
            <th>{t('transfer.error')}</th>
            <th>{t('transfer.value')}</th>
          </tr>
        </thead>
        <tbody>
          {errors.slice(0, shownErrors).map((error) => (
            <tr key={`${error.line} ${error.path}`}>
              <td className="number">{error.line}</td>
              <td>
                {error.path
                  .split('.')
                  .filter((step) => !/^\d+$/.test(step))
                  .map((step) => words.label(step, labels))
                  .join(' · ')}
              </td>
              <td className="field-error">{words.error(error)}</td>
              <td>{error.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {errors.length > shownErrors && (
        <p className="dim">{t('transfer.more', { n: errors.length - shownErrors })}</p>
      )}
    </div>
  );
}
