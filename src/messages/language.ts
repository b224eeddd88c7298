/** The languages that the page and the command line speak, as BCP 47 tags; the first is the one that all else is translated from. */
export const languages = ['en', 'zh-CN'] as const;

export type Language = (typeof languages)[number];

/** Each language's name for itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

/**
 * The language to speak to someone who reads some.
 * @param asked BCP 47 tags, the best first, also in the form of a system's environment (`zh_CN.UTF-8`); what is no tag is passed over
 * @returns the first that is spoken here, whatever its region; else English
 */
export function nearestLanguage(asked: readonly (string | null | undefined)[]): Language {
  for (const tag of asked) {
    const primary = tag?.toLowerCase().split(/[-_.@]/)[0];
    const found = languages.find((language) => language.toLowerCase().split('-')[0] === primary);
    if (found !== undefined) return found;
  }
  return languages[0];
}
