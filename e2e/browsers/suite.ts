import { afterAll, beforeAll } from 'vitest';
import { checkDevice } from './checks/device';
import { checkGraph } from './checks/graph';
import { checkKeyboard } from './checks/keyboard';
import { checkLive } from './checks/live';
import { checkMeasuring } from './checks/measuring';
import { checkOffline } from './checks/offline';
import { checkOpening } from './checks/opening';
import { checkOverview } from './checks/overview';
import { checkRunning } from './checks/running';
import { checkSharing } from './checks/sharing';
import { checkTrouble } from './checks/trouble';
import { checkVariants } from './checks/variants';
import type { BrowserDriver } from './driver';
import { Stand } from './stand';

/**
 * What every browser does or says why not, in one window, one check after the other. The groups are the rows of README's
 * table, in its order.
 */
export function checkBrowser(launch: () => Promise<BrowserDriver>): void {
  const stand = new Stand();
  beforeAll(() => stand.start(launch), 120_000);
  afterAll(() => stand.end());

  checkOpening(stand);
  checkOverview(stand);
  checkRunning(stand);
  checkDevice(stand);
  checkMeasuring(stand);
  checkGraph(stand);
  checkVariants(stand);
  checkLive(stand);
  checkSharing(stand);
  checkKeyboard(stand);
  checkTrouble(stand);
  checkOffline(stand);
}
