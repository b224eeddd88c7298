/** Whether the device has no network for sure; browsers that say nothing of it, and Node, count as online. */
export function isOffline(): boolean {
  return 'navigator' in globalThis && Reflect.get(navigator, 'onLine') === false;
}
