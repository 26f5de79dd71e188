import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { belongsElsewhere } from '../alarm-queue/key-command.ts';
import { opensPalette } from './palette-entries.ts';
import { useDocumentKeys } from '../alarm-queue/use-document-keys.ts';

const Palette = lazy(async () => {
  const [{ addRegistryTexts }, { Palette: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('./Palette.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});

/** Opens the palette by Ctrl-K, ⌘K, `/` or a press; as long as it is closed it touches no other key. */
export function PaletteButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  useDocumentKeys((event) => {
    if (isOpen || !opensPalette(event, belongsElsewhere(event.target, document))) return;
    event.preventDefault();
    setOpen(true);
  });
  return (
    <>
      <button
        type="button"
        className="bar-button"
        aria-label={t('nav.search')}
        title={`${t('nav.search')} (Ctrl K)`}
        data-testid="open-palette"
        onClick={() => setOpen(true)}
      >
        <svg
          width="20"
          height="20"
          viewBox="0 0 20 20"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          aria-hidden="true"
        >
          <circle cx="8.5" cy="8.5" r="5.5" />
          <path d="M13 13l5 5" strokeLinecap="round" />
        </svg>
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <Palette onDone={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
