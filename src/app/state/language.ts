import { languages, nearestLanguage, type Language } from '../../messages/language';

const stored = 'litescope.language';
const parameter = 'lang';

function remembered(): string | null {
  try {
    return localStorage.getItem(stored);
  } catch {
    // A browser that keeps nothing for this page is asked for its own language.
    return null;
  }
}

const named = (tag: string | null): Language | undefined => languages.find((language) => language === tag);

/** The language that was asked for and not taken from the browser: by the address, else by an earlier choice; null where none was. */
export function chosenLanguage(): Language | null {
  const asked = new URLSearchParams(location.search).get(parameter);
  if (asked !== null) return nearestLanguage([asked]);
  return named(remembered()) ?? null;
}

/** The language that the page speaks: the one that was asked for, else the nearest to the browser's. */
export function languageOfPage(): Language {
  return chosenLanguage() ?? nearestLanguage(navigator.languages);
}

/** Speaks another language from now on, which takes a reload: what is open and set up comes back after it. @param language null follows the browser */
export function speak(language: Language | null): void {
  try {
    if (language === null) localStorage.removeItem(stored);
    else localStorage.setItem(stored, language);
  } catch {
    // The address tells it all the same.
  }
  const address = new URL(location.href);
  if (language === null) address.searchParams.delete(parameter);
  else address.searchParams.set(parameter, language);
  history.replaceState(history.state, '', address);
  location.reload();
}
