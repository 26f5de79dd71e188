import { Modal } from 'antd';
import { useDeferredValue, useEffect, useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { movedSelection } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { usePaletteEntries } from './use-palette-entries.ts';
import './palette.css';

// No HTML element is a list of choices that a text field beside it commands.
const listbox = { role: 'listbox' } as const;
const option = (isChosen: boolean) => ({ role: 'option', 'aria-selected': isChosen }) as const;

/** Finds people, places, things, alarms, pages and actions by a few letters, and goes there by Enter. */
export function Palette({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [selected, setSelected] = useState(0);
  const words = useDeferredValue(typed.trim());
  const { entries, hasFailed, isSearching } = usePaletteEntries(words);
  const at = Math.min(selected, Math.max(0, entries.length - 1));
  const optionId = (index: number) => `${listId}-${index}`;

  useEffect(() => {
    document.getElementById(optionId(at))?.scrollIntoView({ block: 'nearest' });
  });

  function carryOut(entry: PaletteEntry | undefined): void {
    if (entry === undefined) return;
    onDone();
    if (typeof entry.go === 'string') void navigate(entry.go);
    else entry.go();
  }

  function onKey(event: KeyboardEvent): void {
    // Enter ends the choice of a character in an input method; it does not choose here.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    if (step !== undefined) setSelected(movedSelection(at, step, entries.length));
    else if (event.key === 'Enter') carryOut(entries[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Modal
      open
      width={680}
      footer={null}
      closable={false}
      onCancel={onDone}
      className="palette"
      style={{ top: '12vh' }}
      title={<span className="visually-hidden">{t('palette.title')}</span>}
    >
      <input
        // The palette is opened to be typed into.
        ref={(field) => field?.focus()}
        className="palette-input"
        data-testid="palette-input"
        role="combobox"
        aria-label={t('palette.title')}
        aria-expanded={entries.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={entries.length > 0 ? optionId(at) : undefined}
        placeholder={t('palette.placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={typed}
        onKeyDown={onKey}
        onChange={(event) => {
          setTyped(event.target.value);
          setSelected(0);
        }}
      />
      <div className="palette-list" id={listId} {...listbox} aria-label={t('palette.title')}>
        {entries.map((entry, index) => (
          <div key={entry.key}>
            {entries[index - 1]?.group !== entry.group && (
              <div className="palette-group" role="presentation">
                {t(`palette.${entry.group}`)}
              </div>
            )}
            {/* The keyboard stays in the field above, which names the chosen line by aria-activedescendant. */}
            <button
              type="button"
              id={optionId(index)}
              {...option(index === at)}
              tabIndex={-1}
              className="palette-option"
              onMouseMove={() => setSelected(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => carryOut(entry)}
              onKeyDown={onKey}
            >
              <strong>{entry.title}</strong>
              <span>{entry.note}</span>
            </button>
          </div>
        ))}
      </div>
      <output className="palette-foot">
        {hasFailed
          ? t('palette.failed')
          : isSearching
            ? t('palette.searching')
            : entries.length === 0
              ? t('palette.nothing', { q: words })
              : t('palette.keys')}
      </output>
    </Modal>
  );
}
