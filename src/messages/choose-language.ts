import { languages, type Language } from './language';
import { read } from './messages';

/**
 * Chooses the language of all messages on this thread, before any is shown; until then it is English.
 * @throws TypeError when the translation cannot be loaded, such as without a network
 */
export async function chooseLanguage(chosen: Language): Promise<void> {
  // Who reads English waits for nothing.
  if (chosen === languages[0]) read(chosen, {});
  else read(chosen, (await import('./zh-CN/index')).translations);
}
