/** Lets the browser keep the shell, where it can: in a built dashboard on a secure origin. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  void navigator.serviceWorker.register('/service-worker.js');
}
