import { useEffect } from 'react';

/** Keeps the screen on where the browser lets a page do so (on a secure address), and takes it back after a change of window. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isGone = false;
    const take = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (isGone) await lock.release();
      } catch (error) {
        // A tablet that is low on power refuses it; its own settings decide then.
        if (!(error instanceof DOMException)) throw error;
      }
    };
    const seen = () => void take();
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => {
      isGone = true;
      document.removeEventListener('visibilitychange', seen);
      void lock?.release();
    };
  }, []);
}
