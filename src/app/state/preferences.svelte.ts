export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKeys = { theme: 'litescope.theme', byItself: 'litescope.by-itself', offline: 'litescope.offline' } as const;

/** Choices that outlast a visit. A browser may refuse storage; then they last as long as the page. */
export class Preferences {
  #theme = $state<Theme>(themes.find((theme) => theme === stored('theme')) ?? 'system');
  #byItself = $state(stored('byItself') !== 'off');
  /** Whether the page is kept for use without a network. Whoever drives it from outside has no use for that. */
  readonly offline = stored('offline') !== 'off';

  get theme(): Theme {
    return this.#theme;
  }

  chooseTheme(theme: Theme): void {
    this.#theme = theme;
    store('theme', theme);
  }

  /** Whether a model that was opened runs and is measured without being asked. */
  get byItself(): boolean {
    return this.#byItself;
  }

  chooseByItself(byItself: boolean): void {
    this.#byItself = byItself;
    store('byItself', byItself ? 'on' : 'off');
  }
}

function store(name: keyof typeof storageKeys, value: string): void {
  try {
    localStorage.setItem(storageKeys[name], value);
  } catch {
    // Without storage the choice holds until the page is left.
  }
}

function stored(name: keyof typeof storageKeys): string | null {
  try {
    return localStorage.getItem(storageKeys[name]);
  } catch {
    return null;
  }
}
