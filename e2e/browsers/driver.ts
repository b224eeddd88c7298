/** A real browser that is driven from outside: what a check needs of one, and no more. */
export interface BrowserDriver {
  readonly name: 'Chromium' | 'Firefox' | 'WebKit';
  /** As the browser itself says it. */
  readonly version: string;
  open(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs in the page; it knows nothing but its argument. */
  inPage<Argument, Result>(work: (argument: Argument) => Result | Promise<Result>, argument: Argument): Promise<Awaited<Result>>;
  /** Clicks what has the test id as a person would, by the pointer. */
  click(testId: string): Promise<void>;
  /** Chooses files in a field for them. */
  choose(testId: string, paths: readonly string[]): Promise<void>;
  /** Types into what has the test id, as keys do. */
  type(testId: string, text: string): Promise<void>;
  press(key: Key, held?: 'Control' | 'Shift'): Promise<void>;
  /** Leaves all that the browser has kept: what is opened next is seen by a person who comes for the first time. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export type Key = 'Tab' | 'Enter' | 'ArrowDown' | 'ArrowRight';

/** How long anything may take before a check fails, in milliseconds. */
export const patience_ms = 30_000;

/** Asks the page until the answer is what is wanted. @throws Error with the last answer */
export async function eventually<Argument, Answer>(
  driver: BrowserDriver, ask: (argument: Argument) => Answer | Promise<Answer>, argument: Argument, isWanted: (answer: Awaited<Answer>) => boolean, within_ms = patience_ms,
): Promise<Awaited<Answer>> {
  const end = performance.now() + within_ms;
  for (;;) {
    const answer = await driver.inPage(ask, argument);
    if (isWanted(answer)) return answer;
    if (performance.now() > end) throw new Error(`Within ${within_ms / 1000} s the page did not come to what was wanted; last it said ${JSON.stringify(answer)}.`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

/** The text of what has a test id; null where there is no such thing. */
export const textOf = (testId: string): string | null => document.querySelector(`[data-testid="${testId}"]`)?.textContent ?? null;
