import type { ResidentRow } from '@carebell/contracts/resident-table.ts';
import { useTranslation } from 'react-i18next';
import { useFieldWords } from './field-words.ts';
import { useReferenceName } from './reference-names.ts';

const shownRows = 50;

/** The first rows as they will be entered. */
export function TablePreview({ rows, lines }: { rows: readonly ResidentRow[]; lines: readonly number[] }) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const headings = ['personName', 'phone', 'birthYear', 'stationId', 'address', 'contacts'];
  return (
    <div className="table-frame">
      <table className="plain-table" data-testid="import-preview">
        <thead>
          <tr>
            <th>{t('transfer.row')}</th>
            {headings.map((name) => (
              <th key={name}>{words.label(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shownRows).map((row, index) => (
            <tr key={lines[index]}>
              <td>{lines[index]}</td>
              <td>
                <strong>{row.name}</strong>
              </td>
              <td>{row.phone}</td>
              <td>{row.birthYear}</td>
              <td>
                <StationName id={row.stationId} />
              </td>
              <td>{row.address}</td>
              <td>{row.contacts.map(({ name }) => name).join('、')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shownRows && <p className="dim">{t('transfer.more', { n: rows.length - shownRows })}</p>}
    </div>
  );
}

function StationName({ id }: { id: string }) {
  return useReferenceName('stations', id);
}
