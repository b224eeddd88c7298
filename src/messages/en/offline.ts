/** What the browser keeps for the page, newer versions, and isolation on hosts that send no headers. */
export const offline = {
  kept: 'Kept on this device',
  what: 'What',
  size: 'Size',
  clear: 'Clear',
  clearKind: (title: string) => `Clear: ${title}`,
  cleared: (title: string) => `${title}: cleared.`,
  kinds: {
    page: { title: 'Page', about: 'and its workers' },
    runtimes: { title: 'Runtimes', about: 'that were used' },
    models: { title: 'Gallery models', about: 'that were opened' },
    runs: { title: 'Runs', about: 'that were measured' },
    dropped: { title: 'Dropped files', about: 'for a reload' },
  },
  room: (room: string, persistent: boolean) => `This page may use ${room} on this device. ${persistent ? 'The browser keeps all of this until it is cleared.' : 'The browser may clear this by itself when room runs short.'}`,
  keepAll: 'Make available offline',
  keepAllOf: (size: string) => `Make available offline: ${size}`,
  keepAllHint: 'The runtimes that this browser can use, and all models of the gallery. What you use is kept without it.',
  keeping: (done: string, total: string) => `Keeping: ${done} of ${total}`,
  allKept: 'Everything works without a network.',
  notInstalled: 'The service worker could not be installed.',

  reload: 'Reload',
  reloadComes: 'This host sends no isolation headers. The page reloads once in a moment, to switch threads on.',
  reloadHelps: 'This host sends no isolation headers. A reload switches threads on.',
  newer: 'A new version is here.',
  reloadNow: 'Reload now',
  threadsOn: 'The page was reloaded once: threads are on now.',

  sharedFile: 'The shared file',
  noneArrived: 'None arrived: this browser may have no room for them.',
};
