import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DeviceAccount, DeviceLink, LinkView } from './device-link.ts';
import { openLink } from './open-link.ts';
import type { OutboxStore } from './outbox.ts';

const notYet: LinkView = { link: 'connecting', waiting: [], reassurance: null, timesIdentified: 0 };

/** The link of one account, open while the component is there. */
export function useLink(
  account: DeviceAccount,
  store: OutboxStore,
): { link: DeviceLink | undefined; view: LinkView } {
  const [link, setLink] = useState<DeviceLink>();
  const { id, secret } = account;

  useEffect(() => {
    let isGone = false;
    let opened: DeviceLink | undefined;
    const redial = () => opened?.view().link === 'offline' && opened.start();
    const open = async () => {
      const made = await openLink({ id, secret }, store);
      if (isGone) return;
      opened = made;
      made.start();
      setLink(made);
    };
    void open();
    addEventListener('online', redial);
    return () => {
      isGone = true;
      removeEventListener('online', redial);
      opened?.unplug();
      setLink(undefined);
    };
  }, [id, secret, store]);

  const view = useSyncExternalStore(
    (listener) => link?.subscribe(listener) ?? (() => undefined),
    () => link?.view() ?? notYet,
  );
  return { link, view };
}
