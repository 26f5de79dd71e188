import { useEffect } from 'react';
import { useNavigate } from 'react-router';

/** A notification of this browser was pressed: its alarm opens in the page that is there. */
export function PushFollower() {
  const navigate = useNavigate();
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return undefined;
    const follow = ({ data }: MessageEvent<{ type?: string; path?: string } | null>) => {
      if (data?.type === 'open-path' && data.path?.startsWith('/') === true) void navigate(data.path);
    };
    navigator.serviceWorker.addEventListener('message', follow);
    return () => navigator.serviceWorker.removeEventListener('message', follow);
  }, [navigate]);
  return null;
}
