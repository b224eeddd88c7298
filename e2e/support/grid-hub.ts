/** What of a Selenium Grid a client needs that goes on by the DevTools protocol: sessions, each a browser of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { canSandbox } from '../../scripts/lib/browser.mjs';

interface Node {
  readonly browser: ChildProcess;
  readonly profile: string;
  /** The browser's own end of the DevTools protocol. */
  readonly devTools: string;
}

export interface GridHub {
  readonly address: string;
  /** Sessions that were opened so far. */
  readonly opened: number;
  /** Sessions whose browsers run now. */
  readonly running: number;
  /** Most that ran at once. */
  readonly most: number;
  close(): Promise<void>;
}

/**
 * @param program the browser of every node
 * @param together how many sessions must be asked for before the first is given
 */
export async function startGridHub(program: string, together = 1): Promise<GridHub> {
  const nodes = new Map<string, Node>();
  let [opened, most] = [0, 0];
  let gathered = (): void => undefined;
  const enough = new Promise<void>((done) => { gathered = done; });

  async function open(request: IncomingMessage): Promise<unknown> {
    const { capabilities } = JSON.parse(await text(request)) as { capabilities: { alwaysMatch: { browserName: string; 'goog:chromeOptions': { args: string[] } } } };
    const { browserName, 'goog:chromeOptions': { args } } = capabilities.alwaysMatch;
    if (browserName !== 'chrome') throw new Error(`No node has ${browserName}.`);
    opened += 1;
    if (opened >= together) gathered();
    const sessionId = `session-${opened}`;
    const node = await startNode(program, args);
    nodes.set(sessionId, node);
    most = Math.max(most, nodes.size);
    await enough;
    return { value: { sessionId, capabilities: { browserName, 'se:cdp': node.devTools } } };
  }

  const server = createServer((request, response) => {
    const { method, url = '' } = request;
    const answer = (status: number, body: unknown): void => { response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body)); };
    const [, id = ''] = /^\/wd\/hub\/session\/(.+)$/.exec(url) ?? [];
    if (method === 'POST' && url === '/wd/hub/session') {
      open(request).then((body) => { answer(200, body); }, (error: unknown) => { answer(500, { value: { error: 'session not created', message: String(error) } }); });
    } else if (method === 'DELETE' && nodes.has(id)) {
      const node = nodes.get(id);
      nodes.delete(id);
      void endNode(node).then(() => { answer(200, { value: null }); });
    } else answer(404, { value: { error: 'unknown command', message: `${method} ${url}` } });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error(`No port: ${String(bound)}`);
  return {
    address: `http://127.0.0.1:${bound.port}/wd/hub`,
    get opened() { return opened; },
    get running() { return nodes.size; },
    get most() { return most; },
    async close() {
      await Promise.all([...nodes.values()].map(endNode));
      server.closeAllConnections();
      await new Promise<void>((done) => { server.close(() => { done(); }); });
    },
  };
}

async function startNode(program: string, args: readonly string[]): Promise<Node> {
  const profile = mkdtempSync(join(tmpdir(), 'litescope-node-'));
  const browser = spawn(program, [...args, `--user-data-dir=${profile}`, ...(canSandbox() ? [] : ['--no-sandbox']), 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const devTools = await new Promise<string>((found, fail) => {
    let said = '';
    browser.once('exit', () => { fail(new Error(`The node's browser ended: ${said}`)); });
    browser.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (address !== undefined) found(address);
    });
  });
  return { browser, profile, devTools };
}

async function endNode(node: Node | undefined): Promise<void> {
  if (node === undefined) return;
  const { browser, profile } = node;
  if (browser.exitCode === null && browser.signalCode === null) {
    const ended = new Promise((done) => { browser.once('exit', done); });
    browser.kill();
    await ended;
  }
  // The browser's own processes may write a moment longer than it.
  await rm(profile, { recursive: true, force: true, maxRetries: 20 });
}
