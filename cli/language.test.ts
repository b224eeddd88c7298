import { describe, expect, it } from 'vitest';
import { languageFor } from './language';

describe('the language of the command line', () => {
  it.each<[readonly string[], Readonly<Record<string, string>>, string]>([
    [['--lang', 'zh-CN', 'inspect', 'm.tflite'], {}, 'zh-CN'],
    [['inspect', 'm.tflite', '--lang=zh-CN'], { LANG: 'en_US.UTF-8' }, 'zh-CN'],
    [['inspect', 'm.tflite', '--lang', 'en'], { LC_ALL: 'zh_CN.UTF-8' }, 'en'],
    [['--lang', 'en', 'inspect', 'm.tflite', '--lang', 'zh-CN'], {}, 'zh-CN'],
    // A file may have any name.
    [['inspect', '--', '--lang=zh-CN'], {}, 'en'],
    // Commander says what is wrong with these, in the system's language.
    [['--lang', 'fr'], { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [['inspect', '--lang'], { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [[], {}, 'en'],
    [[], { LANG: 'zh_TW' }, 'zh-CN'],
    [[], { LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh-CN'],
    [[], { LC_ALL: 'C', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
    [[], { LC_ALL: '', LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [[], { LANG: 'de_DE.UTF-8' }, 'en'],
  ])('of %j in %j is %s', (parameters, environment, language) => {
    expect(languageFor(parameters, environment)).toBe(language);
  });
});
