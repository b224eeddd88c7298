import { languages, type Language } from '../../messages/language';

/** A worker's name that tells it the language too: the one thing that it has before its first message. */
export function nameWith(name: string | undefined, language: Language): string {
  return `${name ?? 'litescope'} ${language}`;
}

/** The language that a worker's name tells; English where it tells none. */
export function languageIn(name: string): Language {
  return languages.find((language) => name.endsWith(` ${language}`)) ?? languages[0];
}
