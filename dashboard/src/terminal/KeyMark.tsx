import type { ButtonKey } from '@carebell/contracts/event-kinds.ts';

/** A picture beside the word, for who does not read it. */
const paths: Record<ButtonKey, string> = {
  help: 'M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6Zm-2.5 15a2.5 2.5 0 0 0 5 0Z',
  registration: 'M10 3h4v7h7v4h-7v7h-4v-7H3v-4h7Z',
  taxi: 'M9 3h6v2h2l2.5 6H21v7h-2v2h-3v-2H8v2H5v-2H3v-7h1.5L7 5h2Zm-1 4.5L6.8 11h10.4L16 7.5ZM6.5 13a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Zm11 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z',
  meal: 'M3 11h18a9 9 0 0 1-6 8.5V21H9v-1.5A9 9 0 0 1 3 11Zm5-8h2v6H8Zm4-1h2v7h-2Zm4 1h2v6h-2Z',
  advice: 'M4 4h16v12H11l-5 5v-5H4Zm4 4v2h8V8Zm0 3v2h6v-2Z',
};

export function KeyMark({ of }: { of: ButtonKey }) {
  return (
    <svg viewBox="0 0 24 24" fill="currentColor" fillRule="evenodd" aria-hidden="true">
      <path d={paths[of]} />
    </svg>
  );
}
