import { languages, type Language } from './language';
import { read } from './messages';

/**
 * Chooses the language of all messages on this thread, before any is shown; until then it is English.
 * A translation that cannot be had, such as without a network, leaves it English: words in the wrong language beat none.
 */
export async function chooseLanguage(chosen: Language): Promise<void> {
  // Who reads English waits for nothing.
  if (chosen === languages[0]) read(chosen, {});
  else await import('./zh-CN/index').then(({ translations }) => { read(chosen, translations); }, () => { read(languages[0], {}); });
}
