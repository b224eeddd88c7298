/** The language that the command line speaks. It must be known before anything is described, so before the parameters are parsed. */
import { languages, nearestLanguage, type Language } from '../src/messages/language';

const option = '--lang';

/** What `--lang` names, the last one where it stands there twice; null where it is not there. */
function namedTag(parameters: readonly string[]): string | null {
  let tag: string | null = null;
  for (const [place, parameter] of parameters.entries()) {
    if (parameter === '--') break;
    if (parameter === option) tag = parameters[place + 1] ?? tag;
    else if (parameter.startsWith(`${option}=`)) tag = parameter.slice(option.length + 1);
  }
  return tag;
}

/**
 * The language that `--lang` names, else the system's: of LC_ALL, LC_MESSAGES and LANG the first that is set, so that `LC_ALL=C` is English.
 * A tag that is none of the two is an error of the parameters, which is told in the system's.
 */
export function languageFor(parameters: readonly string[], environment: Readonly<Record<string, string | undefined>>): Language {
  const tag = namedTag(parameters);
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return languages.find((language) => language === tag) ?? nearestLanguage([[LC_ALL, LC_MESSAGES, LANG].find((set) => set !== undefined && set !== '')]);
}
