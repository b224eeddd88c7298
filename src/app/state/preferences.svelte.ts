export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'litescope.theme';

/** Choices that outlast a visit. A browser may refuse storage; then they last as long as the page. */
export class Preferences {
  #theme = $state<Theme>(storedTheme());

  get theme(): Theme {
    return this.#theme;
  }

  chooseTheme(theme: Theme): void {
    this.#theme = theme;
    try {
      localStorage.setItem(storageKey, theme);
    } catch {
      // Without storage the choice holds until the page is left.
    }
  }
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return themes.find((theme) => theme === stored) ?? 'system';
  } catch {
    return 'system';
  }
}
