import { CommanderError, InvalidArgumentError, Option } from 'commander';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseLanguage } from '../src/messages/choose-language';
import { SpokenCommand } from './command';

afterEach(() => chooseLanguage('en'));

function program(said: string[]): SpokenCommand {
  const root = new SpokenCommand('litescope').exitOverride().configureOutput({ writeErr: (text) => { said.push(text); }, writeOut: (text) => { said.push(text); } });
  root.addOption(new Option('--lang <tag>', 'l').choices(['en', 'zh-CN']));
  root.command('inspect').description('d').argument('<model>').option('--wide', 'w').option('--runs <count>', 'r', () => { throw new InvalidArgumentError('It must be a number.'); }, 50).action(() => undefined);
  return root;
}

/** What a wrong call is told. */
function errorOf(...parameters: readonly string[]): string {
  const said: string[] = [];
  expect(() => program(said).parse(parameters, { from: 'user' })).toThrow(CommanderError);
  return said.join('');
}

const wrongCalls: readonly (readonly [parameters: readonly string[], english: string, chinese: string])[] = [
  [['inspect', 'm', '--wid'], 'error: unknown option \'--wid\'\n(Did you mean --wide?)\n', '错误：未知选项 \'--wid\'\n（是否想用 --wide？）\n'],
  [['inspect', 'm', '--xyz'], 'error: unknown option \'--xyz\'\n', '错误：未知选项 \'--xyz\'\n'],
  [['inspct', 'm'], 'error: unknown command \'inspct\'\n(Did you mean inspect?)\n', '错误：未知命令 \'inspct\'\n（是否想用 inspect？）\n'],
  [['inspect'], 'error: missing required argument \'model\'\n', '错误：缺少必需的参数 \'model\'\n'],
  [['inspect', 'm', '--runs'], 'error: option \'--runs <count>\' argument missing\n', '错误：选项 \'--runs <count>\' 缺少值\n'],
  [['inspect', 'm', 'n'], 'error: too many arguments for \'inspect\'. Expected 1 argument but got 2.\n', '错误：\'inspect\' 的参数过多，应为 1 个，实际为 2 个。\n'],
  [['inspect', 'm', '--lang', 'fr'], 'error: option \'--lang <tag>\' argument \'fr\' is invalid. Allowed choices are en, zh-CN.\n', '错误：选项 \'--lang <tag>\' 的值 \'fr\' 无效。可选的值为 en, zh-CN。\n'],
  [['inspect', 'm', '--runs', 'x'], 'error: option \'--runs <count>\' argument \'x\' is invalid. It must be a number.\n', '错误：选项 \'--runs <count>\' 的值 \'x\' 无效。It must be a number.\n'],
];

describe('wrong calls', () => {
  it.each(wrongCalls)('%j', async (parameters, english, chinese) => {
    expect(errorOf(...parameters)).toBe(english);
    await chooseLanguage('zh-CN');
    expect(errorOf(...parameters)).toBe(chinese);
  });
});

describe('--help', () => {
  it('is commander’s own in English, and in Chinese its columns stand under each other', async () => {
    expect(program([]).helpInformation()).toBe([
      'Usage: litescope [options] [command]', '', 'Options:', '  --lang <tag>               l (choices: "en", "zh-CN")', '  -h, --help                 display help for command', '',
      'Commands:', '  inspect [options] <model>  d', '  help [command]             display help for command', '',
    ].join('\n'));
    await chooseLanguage('zh-CN');
    expect(program([]).helpInformation()).toBe([
      '用法： litescope [选项] [命令]', '', '选项：', '  --lang <tag>            l（可选 "en", "zh-CN"）', '  -h, --help              display help for command', '',
      '命令：', '  inspect [选项] <model>  d', '  help [命令]             display help for command', '',
    ].join('\n'));
  });
});
