/**
 * Sentences in the language of whoever reads them. English lies in `en/`, one file a room or screen, and is part of what uses
 * it; a translation is one module that only its readers load. A translation has the type of the English file, so a message
 * that is missing, or takes other parameters, does not compile.
 */
import { languages, type Language } from './language';

/** All translated files by their names. */
export type Translations = Readonly<Record<string, object>>;

let language: Language = languages[0];
let translations: Translations = {};

/** Has all messages of this thread read in a language from now on. @param translated none for English */
export function read(chosen: Language, translated: Translations): void {
  language = chosen;
  translations = translated;
}

/** The language of this thread's messages, as a BCP 47 tag for `Intl`. */
export function currentLanguage(): Language {
  return language;
}

/**
 * Messages that are read in the language that was chosen.
 * @param name of the file in each language's folder
 */
export function messages<English extends object>(name: string, english: English): English {
  return new Proxy(english, {
    get: (_, message) => Reflect.get(currentLanguage() === languages[0] ? english : translations[name] ?? english, message) as unknown,
  });
}
