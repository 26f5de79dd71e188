import type { DutyWeek } from '@carebell/contracts/duty.ts';
import { useMemo } from 'react';
import type { CSSProperties, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { draftForGap, draftOfTurn } from './shift-draft.ts';
import type { ShiftDraft } from './shift-draft.ts';
import { columnsOf, dayAfter, hoursText, spanText, weekday } from './week-layout.ts';
import type { Piece } from './week-layout.ts';

type Props = {
  week: DutyWeek;
  nowMs: number;
  /** Absent for who may not change the rota. */
  onOpen: ((draft: ShiftDraft) => void) | undefined;
};

const hours = [0, 4, 8, 12, 16, 20];

/** Seven days side by side, on a phone one below the other. Arrow keys go from piece to piece. */
export function DutyWeekGrid({ week, nowMs, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const columns = useMemo(() => columnsOf(week), [week]);
  const { firstDay, timeZone } = week;
  return (
    <div className="duty-grid" data-testid="duty-grid" onKeyDown={moveByArrows} role="presentation">
      <div className="duty-hours" aria-hidden>
        {hours.map((hour) => (
          <span key={hour} style={{ top: `${(hour / 24) * 100}%` }}>
            {String(hour).padStart(2, '0')}:00
          </span>
        ))}
      </div>
      {columns.map(({ midnight, pieces, lanes }, index) => {
        const day = dayAfter(firstDay, index);
        const next = week.midnights[index + 1] ?? midnight;
        const part = (nowMs - Date.parse(midnight)) / (Date.parse(next) - Date.parse(midnight));
        const isToday = part >= 0 && part < 1;
        return (
          <section key={midnight} className="duty-day" data-today={isToday}>
            <h3>{weekday(day, i18n.language, { month: 'numeric', day: 'numeric' })}</h3>
            <div className="duty-pieces" data-lanes={lanes}>
              {isToday && <i className="duty-now-line" style={{ top: `${part * 100}%` }} />}
              {pieces.map((piece) => (
                <PieceButton
                  key={piece.key}
                  piece={piece}
                  lanes={lanes}
                  dayIndex={index}
                  label={`${spanText(piece.span, timeZone, i18n.language)} ${nameOf(piece)}`}
                  hours={hoursText(piece, timeZone)}
                  isOver={Date.parse(piece.within.until) <= nowMs}
                  name={nameOf(piece)}
                  onOpen={onOpen === undefined ? undefined : () => open(piece, onOpen)}
                />
              ))}
              {pieces.length === 0 && <p className="dim duty-empty">—</p>}
            </div>
          </section>
        );
      })}
    </div>
  );

  function nameOf({ turn }: Piece): string {
    if (turn === undefined) return t('duty.nobodyShort');
    return turn.isHere ? turn.displayName : t('duty.gone', { name: turn.displayName });
  }

  function open({ turn, span }: Piece, opens: (draft: ShiftDraft) => void): void {
    const draft = turn === undefined ? draftForGap(week, span) : draftOfTurn(week, turn);
    if (draft !== undefined) opens(draft);
  }
}

type PieceProps = {
  piece: Piece;
  lanes: number;
  dayIndex: number;
  label: string;
  hours: string;
  isOver: boolean;
  name: string;
  onOpen: (() => void) | undefined;
};

function PieceButton({ piece, lanes, dayIndex, label, hours: time, isOver, name, onOpen }: PieceProps) {
  const { turn, top, bottom, lane } = piece;
  const place: CSSProperties = {
    top: `${top * 100}%`,
    height: `${(bottom - top) * 100}%`,
    left: turn === undefined ? 0 : `${(lane / lanes) * 100}%`,
    width: turn === undefined ? '100%' : `${100 / lanes}%`,
  };
  return (
    <button
      type="button"
      className="duty-piece"
      style={place}
      disabled={onOpen === undefined}
      aria-label={label}
      data-gap={turn === undefined}
      data-over={isOver}
      data-gone={turn?.isHere === false}
      data-day={dayIndex}
      data-top={top}
      onClick={onOpen}
    >
      <b>{time}</b> <span>{turn === undefined && !isOver ? `⚠ ${name}` : name}</span>
    </button>
  );
}

/** Up and down through a day, left and right to the piece of the next day that is at about the same time. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const from = event.target as HTMLElement;
  if (step === undefined || from.dataset['day'] === undefined) return;
  const pieces = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.duty-piece')];
  const goesAlong = event.key === 'ArrowUp' || event.key === 'ArrowDown';
  const to = goesAlong
    ? pieces[pieces.findIndex((piece) => piece === from) + step]
    : beside(from, step, pieces);
  if (to === undefined) return;
  event.preventDefault();
  to.focus();
}

function beside(from: HTMLElement, step: number, pieces: readonly HTMLElement[]): HTMLElement | undefined {
  const top = Number(from.dataset['top']);
  const distance = (piece: HTMLElement) => Math.abs(Number(piece.dataset['top']) - top);
  for (let day = Number(from.dataset['day']) + step; day >= 0 && day < 7; day += step) {
    const there = pieces.filter((piece) => Number(piece.dataset['day']) === day);
    const [nearest] = there.toSorted((a, b) => distance(a) - distance(b));
    if (nearest !== undefined) return nearest;
  }
  return undefined;
}
