import type { TestContext } from 'vitest';
import { hostBuild, type StaticHost } from '../support/static-host';
import { type BrowserDriver, eventually, textOf } from './driver';

declare module 'vitest' {
  interface TaskMeta {
    /** What the browser of this check does not have, in the words of README's table. */
    lacks?: string;
  }
}

/** Notes what this browser lacks, in a check that proved it by what the page does without. */
export function lacks({ task }: TestContext, what: string): void {
  task.meta.lacks = what;
}

interface Place {
  readonly testId: string;
  readonly name: string;
}

const attributeOf = ({ testId, name }: Place): string | null => document.querySelector(`[data-testid="${testId}"]`)?.getAttribute(name) ?? null;

/** What checks stand on: a browser with the built page, which a plain static host serves. */
export class Stand {
  #driver: BrowserDriver | null = null;
  #host: StaticHost | null = null;
  #threads = false;
  /** Hosts whose pages were told to have no service worker. */
  readonly #keptFrom = new Set<string>();

  get driver(): BrowserDriver {
    if (this.#driver === null) throw new Error('The browser was not started.');
    return this.#driver;
  }

  get host(): StaticHost {
    if (this.#host === null) throw new Error('The host was not started.');
    return this.#host;
  }

  /** Whether the page has threads here. */
  get threads(): boolean { return this.#threads; }

  async start(launch: () => Promise<BrowserDriver>): Promise<void> {
    this.#host = await hostBuild({ headers: true });
    this.#driver = await launch();
    console.log(`${this.#driver.name}: ${this.#driver.version}`);
    await this.comeAnew();
    ({ threads: this.#threads } = await this.driver.inPage(() => window.litescope.capabilities(), null));
  }

  async end(): Promise<void> {
    await this.#driver?.close();
    await this.#host?.close();
  }

  /**
   * Goes to the page, or to an address within it, and waits until it can be asked.
   * @param address behind the host's own
   */
  async open(address = '', host = this.host): Promise<void> {
    await this.#keepNothing(host);
    // A hash alone would not load anything.
    await this.driver.open('about:blank');
    await this.driver.open(`${host.address}${address}`);
    await eventually(this.driver, () => 'litescope' in window, null, (there) => there);
  }

  /** A service worker between a page and its host would be in the way of what hosts do; it has checks of its own. */
  async #keepNothing({ address }: StaticHost): Promise<void> {
    if (this.#keptFrom.has(address)) return;
    await this.driver.open(`${address}icon.svg`);
    await this.driver.inPage(() => { localStorage.setItem('litescope.offline', 'off'); }, null);
    this.#keptFrom.add(address);
  }

  /** As `open`, in a profile that knows nothing; models do not run by themselves there. */
  async comeAnew(): Promise<void> {
    await this.open();
    await this.measuresByItself(false);
  }

  async measuresByItself(on: boolean): Promise<void> {
    await this.driver.inPage((value) => { localStorage.setItem('litescope.by-itself', value); }, on ? 'on' : 'off');
    await this.open();
  }

  /** Waits for a text of what has a test id. @returns the whole text */
  async text(testId: string, wanted: string | RegExp, within_ms?: number): Promise<string> {
    return await eventually(this.driver, textOf, testId, (text) => text !== null && (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)), within_ms) ?? '';
  }

  async attribute(testId: string, name: string, wanted: string, within_ms?: number): Promise<void> {
    await eventually(this.driver, attributeOf, { testId, name }, (value) => value === wanted, within_ms);
  }

  /** Waits until a model of this name is on the page. */
  async heading(title: string): Promise<void> {
    await eventually(this.driver, () => document.querySelector('h1')?.textContent ?? null, null, (text) => text === title);
  }

  /** How many there are of what has a test id, once there are as many as are wanted. */
  async count(selector: string, wanted: number): Promise<void> {
    await eventually(this.driver, (asked) => document.querySelectorAll(asked).length, selector, (count) => count === wanted);
  }

  /** Drops a file onto the page as a pointer would: dragenter, dragover, then drop if the page accepted. */
  async drop(name: string, bytes: Uint8Array): Promise<void> {
    const end = this.host.answer(/given$/, bytes);
    const refused = await this.driver.inPage(async (title) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([await (await fetch('given')).blob()], title));
      const drag = (type: string) => document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer }));
      drag('dragenter');
      return ['dragover', 'drop'].filter((type) => drag(type));
    }, name);
    end();
    // A browser opens the file itself where these are not cancelled.
    if (refused.length > 0) throw new Error(`The page leaves ${refused.join(' and ')} to the browser.`);
  }
}
