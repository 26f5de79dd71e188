import { boardCasesAtMost, boardResidentsAtMost } from '@carebell/contracts/boards.ts';
import type { Board } from '@carebell/contracts/boards.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { NumbersTable } from '../history/HistoryCard.tsx';

/** What somebody has to look at: open alarms, and those that missed a deadline. */
export function BoardCases({ board: { cases, timeZone } }: { board: Board }) {
  const { t } = useTranslation();
  return (
    <section className="history-card numbers-card" data-testid="board-cases">
      <header>
        <h2>{t('board.cases')}</h2>
        {cases.length === boardCasesAtMost && (
          <p className="dim">{t('board.cut', { n: boardCasesAtMost })}</p>
        )}
      </header>
      {cases.length === 0 ? (
        <p className="history-empty">{t('numbers.nothing')}</p>
      ) : (
        <NumbersTable
          caption={t('board.casesCaption')}
          head={[t('numbers.alarm'), t('numbers.priority'), t('numbers.pressedAt'), t('board.state')]}
          rows={cases.map(({ alarmId, kind, priority, pressedAt, isOpen, missed }) => ({
            key: alarmId,
            cells: [
              <Link key="link" to={`/alarms/${encodeURIComponent(alarmId)}`}>
                {t(`kind.${kind}`)}
              </Link>,
              t(`priority.${priority}`),
              dayAndTime(pressedAt, timeZone),
              [isOpen ? t('board.open') : '', missed > 0 ? t('board.missed', { n: missed }) : '']
                .filter((word) => word !== '')
                .join(' · '),
            ],
          }))}
        />
      )}
    </section>
  );
}

type ResidentsProps = { board: Board; residents: NonNullable<Board['residents']> };

/** Who lives in the grid, or in none of the station's. */
export function BoardResidents({ board, residents }: ResidentsProps) {
  const { t } = useTranslation();
  if (board.grid === null && residents.length === 0) return null;
  return (
    <section className="history-card numbers-card" data-testid="board-residents">
      <header>
        <h2>{t(board.grid === null ? 'board.residentsNoGrid' : 'board.residents')}</h2>
        {residents.length === boardResidentsAtMost && (
          <p className="dim">{t('board.cut', { n: boardResidentsAtMost })}</p>
        )}
      </header>
      {residents.length === 0 && <p className="history-empty">{t('numbers.nothing')}</p>}
      <ul className="board-residents">
        {residents.map(({ id, name, address }) => (
          <li key={id}>
            <Link to={`/residents/${encodeURIComponent(id)}`}>{name}</Link>{' '}
            <span className="dim">{address}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
