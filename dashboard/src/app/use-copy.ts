import { useState } from 'react';
import type { RefObject } from 'react';
import { copyText } from './copy-text.ts';

/** Copies a text; where the browser does not, what shows it is selected. `copied` is what to say of it, after a try. */
export function useCopy(text: string, shown: RefObject<HTMLElement | null>) {
  const [copied, setCopied] = useState<'copied' | 'selectToCopy'>();
  const copy = async () => {
    const isCopied = await copyText(text);
    if (!isCopied && shown.current !== null) getSelection()?.selectAllChildren(shown.current);
    setCopied(isCopied ? 'copied' : 'selectToCopy');
  };
  return { copied, copy: () => void copy() };
}
