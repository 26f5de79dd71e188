import type { PushKey, UserAddresses } from '@carebell/contracts/user-addresses.ts';

type Address = UserAddresses['addresses'][number];
type HubKey = NonNullable<PushKey['key']>;

/** Why this browser is not told, or that it is. `other-key`: it subscribed with a key that the hub uses no more. */
export type PushState = 'insecure' | 'unsupported' | 'not-set-up' | 'denied' | 'off' | 'other-key' | 'on';

/** What is known of the browser, as far as the state depends on it. */
export type BrowserFacts = {
  isSecure: boolean;
  isSupported: boolean;
  permission: NotificationPermission;
  /** The subscription of this browser, if it has one. */
  endpoint: string | undefined;
};

export function pushStateOf(
  facts: BrowserFacts,
  key: HubKey | null,
  addresses: readonly Address[],
): PushState {
  if (!facts.isSecure) return 'insecure';
  if (!facts.isSupported) return 'unsupported';
  if (key === null) return 'not-set-up';
  if (facts.permission === 'denied') return 'denied';
  const own = addresses.find((address) => isOf(address, facts.endpoint));
  if (own === undefined || facts.permission !== 'granted') return 'off';
  return own.channelId === key.channelId ? 'on' : 'other-key';
}

/** The addresses with this browser's subscription, which is tried first: it is the fastest. */
export function withSubscription(
  addresses: readonly Address[],
  { endpoint, json, channelId }: { endpoint: string; json: string; channelId: string },
): Address[] {
  return [{ kind: 'web-push', address: json, channelId }, ...withoutSubscription(addresses, endpoint)];
}

export function withoutSubscription(addresses: readonly Address[], endpoint: string | undefined): Address[] {
  return addresses.filter((address) => !isOf(address, endpoint));
}

export function isOf({ kind, address }: Address, endpoint: string | undefined): boolean {
  if (kind !== 'web-push' || endpoint === undefined) return false;
  return endpointOf(address) === endpoint;
}

/** The push service behind a subscription, for who has several browsers. */
export function serviceOf(address: string): string {
  const endpoint = endpointOf(address);
  return endpoint === undefined ? '' : new URL(endpoint).hostname;
}

function endpointOf(address: string): string | undefined {
  try {
    const { endpoint } = JSON.parse(address) as { endpoint?: unknown };
    return typeof endpoint === 'string' && URL.canParse(endpoint) ? endpoint : undefined;
  } catch {
    // Somebody has entered it by hand over the API; then it is nobody's subscription.
    return undefined;
  }
}

/** What this browser says of itself. */
export async function browserFacts(): Promise<BrowserFacts> {
  const isSecure = window.isSecureContext;
  const hasAll = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  const worker = hasAll ? await navigator.serviceWorker.getRegistration() : undefined;
  const subscription = await worker?.pushManager.getSubscription();
  return {
    isSecure,
    isSupported: worker !== undefined,
    permission: hasAll ? Notification.permission : 'denied',
    endpoint: subscription?.endpoint,
  };
}

/** To be called from a person's press. `undefined` if they did not allow it; rejects if the push service refuses. */
export async function subscribeBrowser(
  publicKey: string,
): Promise<{ endpoint: string; json: string } | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined;
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that was made with another key must go first, or the browser refuses.
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  return { endpoint: subscription.endpoint, json: JSON.stringify(subscription) };
}

export async function unsubscribeBrowser(): Promise<void> {
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
}
