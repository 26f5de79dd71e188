import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { useLiveFeed } from './feed-context.ts';
import type { Painted } from './live-feed.ts';

/** Half of it must be in view: a sliver at the edge of the window is not yet shown to anyone. */
const shownRatio = 0.5;

/**
 * Reports the alarm as displayed once the element stands painted, at least half in view, on a visible page. The ref
 * goes onto the element that names the alarm.
 */
export function usePainted<E extends HTMLElement>(alarm: Painted | undefined): RefObject<E | null> {
  const feed = useLiveFeed();
  const ref = useRef<E>(null);
  const { id, kind, isStored } = alarm ?? {};

  useEffect(() => {
    const element = ref.current;
    if (element === null || id === undefined || kind === undefined || isStored === undefined)
      return undefined;
    // A lifted alarm and one that was stored after all are another thing to have painted.
    const painted = { id, kind, isStored };
    let isInView = false;
    let frame = 0;

    function reportAfterPaint() {
      cancelAnimationFrame(frame);
      if (!isInView || document.visibilityState !== 'visible') return;
      // A frame callback runs before its frame is painted; the next one runs after.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => feed.reportPainted(painted));
      });
    }

    const observer = new IntersectionObserver(
      (entries) => {
        isInView = entries.at(-1)?.isIntersecting === true;
        reportAfterPaint();
      },
      { threshold: shownRatio },
    );
    observer.observe(element);
    document.addEventListener('visibilitychange', reportAfterPaint);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      document.removeEventListener('visibilitychange', reportAfterPaint);
    };
  }, [feed, id, kind, isStored]);

  return ref;
}
