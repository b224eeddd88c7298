import { spawn, type ChildProcess } from 'node:child_process';
import getPort from 'get-port';
import { Builder, By, Capabilities, Key, type WebDriver, until } from 'selenium-webdriver';
import type { WebKitPrograms } from '../../scripts/lib/other-browsers.mjs';
import { type BrowserDriver, type Key as PressedKey, patience_ms } from './driver';

const keys: Readonly<Record<PressedKey | 'Control' | 'Shift', string>> = {
  Tab: Key.TAB, Enter: Key.ENTER, ArrowDown: Key.ARROW_DOWN, ArrowRight: Key.ARROW_RIGHT, Control: Key.CONTROL, Shift: Key.SHIFT,
};

/** A camera that the browser makes up. */
const camera = ['--enable-mock-capture-devices=true', '--enable-media-stream=true'];

/** Ends with this process whatever happens to it. */
function start(program: string, parameters: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(program, parameters, { stdio: 'ignore', env: { ...process.env, ...environment } });
  process.once('exit', () => { child.kill('SIGKILL'); });
  return child;
}

async function listens(port: number): Promise<void> {
  const end = performance.now() + patience_ms;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).then((response) => response.ok, () => false);
    if (answer) return;
    if (performance.now() > end) throw new Error('WebKitWebDriver does not listen.');
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

export async function startWebKit({ driver: program, browser: binary, screen }: WebKitPrograms): Promise<BrowserDriver> {
  // The server tells the display that it found free.
  const display = `:${90 + (process.pid % 100)}`;
  const server = start(screen, [display, '-screen', '0', '1280x900x24', '-nolisten', 'tcp']);
  const port = await getPort({ host: '127.0.0.1' });
  // Its own sandbox needs what containers do not give.
  const service = start(program, [`--port=${port}`, '--host=127.0.0.1'], { DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' });
  await listens(port);
  const begin = async (): Promise<WebDriver> => {
    const begun = await new Builder().usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities(new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation', ...camera] } })).build();
    await begun.manage().setTimeouts({ script: 3 * patience_ms, pageLoad: patience_ms });
    return begun;
  };
  let driver = await begin();
  const locate = (testId: string) => By.css(`[data-testid="${testId}"]`);
  const find = (testId: string) => driver.wait(until.elementLocated(locate(testId)), patience_ms);
  const capabilities = await driver.getCapabilities();
  return {
    name: 'WebKit',
    version: `WebKitGTK ${String(capabilities.get('browserVersion'))}`,
    open: (address) => driver.get(address),
    reload: () => driver.navigate().refresh(),
    async inPage(work, argument) {
      const answer: { readonly value?: never; readonly error?: string } = await driver.executeAsyncScript(
        `const [argument, done] = arguments; (async () => (${work.toString()})(argument))().then((value) => done({ value }), (error) => done({ error: String(error) + ' ' + String(error?.code ?? error?.stack) }));`, argument);
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value as never;
    },
    async click(testId) {
      const found = await find(testId);
      // What still moves would be missed.
      await driver.executeAsyncScript(`
        const [element, done] = arguments;
        element.scrollIntoView({ block: 'center' });
        const place = () => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height].join(); };
        let before = '';
        const look = () => { const now = place(); if (now === before) done(); else { before = now; setTimeout(() => requestAnimationFrame(look), 50); } };
        look();`, found);
      await found.click();
    },
    async choose(testId, paths) {
      await (await find(testId)).sendKeys(paths.join('\n'));
    },
    async type(testId, text) {
      await (await find(testId)).sendKeys(text);
    },
    async press(key, held) {
      const actions = driver.actions();
      if (held !== undefined) actions.keyDown(keys[held]);
      actions.sendKeys(keys[key]);
      if (held !== undefined) actions.keyUp(keys[held]);
      await actions.perform();
    },
    // Each session has a profile of its own, which ends with it.
    async forget() {
      await driver.quit();
      driver = await begin();
    },
    async close() {
      await driver.quit().catch(() => undefined);
      service.kill();
      server.kill();
    },
  };
}
