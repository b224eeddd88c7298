import { flushSync } from 'svelte';
import type { Shared } from '../context';
import type { View } from '../state/view-choice.svelte';

/** What is in sight: a model or, with null, where models are opened; the kept runs may stand in its place. */
interface Sight {
  readonly model: string | null;
  readonly runs: boolean;
  readonly view: View;
  /** How many models are open. */
  readonly open: number;
}

/** Gives the focus to the heading of what opens. What was pressed is often gone by then, and the focus would be lost with it. */
export class Arrival {
  readonly #shared: Shared;
  #before: Sight | null = null;
  #returning = false;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /** Looks whether something else is in sight; what it reads makes it run again. */
  note(): void {
    const { runHistory, view, workbench } = this.#shared;
    const now: Sight = { model: workbench.selected?.model.id ?? null, runs: runHistory.shown, view: view.current, open: workbench.models.length };
    const before = this.#before;
    this.#before = now;
    // A page that is come to begins at its beginning. The runs take the focus themselves when they have come.
    if (before === null || now.runs) return;
    if (before.model !== now.model || before.runs) this.#focus(pageHeading());
    else if (before.view !== now.view) this.#focus(contentHeading());
    else if (before.open > now.open && hasNoFocus()) this.#focus(pageHeading());
  }

  /** Does what the browser's Back and Forward ask for: the focus stays where it is, unless that is gone. */
  returnBy(go: () => void): void {
    this.#returning = true;
    try {
      flushSync(go);
    } finally {
      this.#returning = false;
    }
  }

  #focus(heading: HTMLElement | null): void {
    if (!this.#returning || hasNoFocus()) heading?.focus({ preventScroll: true });
  }
}

function hasNoFocus(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** The heading of the model, or of the page where models are opened. */
function pageHeading(): HTMLElement | null {
  return document.querySelector<HTMLElement>('#content .models h1');
}

/** The heading below all that is the same on every view. */
export function contentHeading(): HTMLElement | null {
  return document.getElementById('view-heading') ?? document.querySelector<HTMLElement>('#content h1');
}
