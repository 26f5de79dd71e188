export type NotifierState = 'unavailable' | 'unasked' | 'denied' | 'granted';
export type Notifier = ReturnType<typeof createNotifier>;

/** Desktop notifications of the browser; `api` is `undefined` where there are none, as on plain HTTP. */
export function createNotifier(api: typeof Notification | undefined) {
  function state(): NotifierState {
    if (api === undefined) return 'unavailable';
    return api.permission === 'default' ? 'unasked' : api.permission;
  }
  return {
    state,
    /** To be called from a person's press. */
    ask: async (): Promise<NotifierState> => {
      await api?.requestPermission();
      return state();
    },
    /** One for each `tag`; answers whether the browser took it. */
    show: (notice: { tag: string; title: string; body: string; onOpen: () => void }): boolean => {
      if (api === undefined || state() !== 'granted') return false;
      let shown: Notification;
      try {
        shown = new api(notice.title, { body: notice.body, tag: notice.tag, requireInteraction: true });
      } catch {
        // Browsers on phones have the name but allow it to service workers only; the sound has said it already.
        return false;
      }
      shown.addEventListener('click', () => {
        shown.close();
        notice.onOpen();
      });
      return true;
    },
  };
}
