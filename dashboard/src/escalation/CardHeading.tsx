import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/** The name of a card; of the one that was just saved it is brought to view, and reading goes on from there. */
export function CardHeading({ isSaved, children }: { isSaved: boolean; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isSaved) return;
    heading.current?.scrollIntoView({ block: 'center' });
    heading.current?.focus({ preventScroll: true });
  }, [isSaved]);
  return (
    <h3 ref={heading} tabIndex={-1}>
      {children}
    </h3>
  );
}
