/** Commander's commands with its own words in the language that was chosen. */
import { Command, Help, type ErrorOptions, type Option } from 'commander';
import stringWidth from 'string-width';
import { commandLine as text } from '../src/messages/command-line';

/** What commander says of wrong calls, by which the parts that a message needs are found. */
const errors: readonly (readonly [form: RegExp, told: (...parts: string[]) => string])[] = [
  [/^error: unknown option '(.*)'$/s, (option = '') => text.unknownOption(option)],
  [/^error: unknown command '(.*)'$/s, (command = '') => text.unknownCommand(command)],
  [/^error: missing required argument '(.*)'$/s, (name = '') => text.missingArgument(name)],
  [/^error: option '(.*)' argument missing$/s, (option = '') => text.missingValue(option)],
  [/^error: too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)\.$/s, (command, expected, given) => text.tooManyArguments(command ?? null, Number(expected), Number(given))],
  [/^error: option '(.*?)' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s, (option = '', value = '', choices = '') => text.invalidValue(option, value, text.allowedChoices(choices))],
  [/^error: option '(.*?)' argument '(.*)' is invalid\. (.*)$/s, (option = '', value = '', reason = '') => text.invalidValue(option, value, reason)],
];

const suggestion = /\n\(Did you mean (?:one of )?(.*)\?\)$/;

/** What commander says, in the language that was chosen; what it has not said so far stays as it is. */
export function inWords(message: string): string {
  const said = message.replace(suggestion, '');
  const names = suggestion.exec(message)?.[1]?.split(', ') ?? [];
  const known = errors.flatMap(([form, told]) => {
    const parts = form.exec(said);
    return parts === null ? [] : [told(...parts.slice(1))];
  });
  return [known[0] ?? said, ...(names.length === 0 ? [] : [text.didYouMean(names)])].join('\n');
}

class SpokenHelp extends Help {
  override displayWidth(words: string): number {
    return stringWidth(words);
  }

  override styleTitle(title: string): string {
    const { usage, options, commands } = text.helpTitles;
    const titles: Readonly<Record<string, string>> = { 'Usage:': usage, 'Options:': options, 'Commands:': commands };
    return titles[title] ?? title;
  }

  override commandUsage(command: Command): string {
    return inBrackets(super.commandUsage(command));
  }

  override subcommandTerm(command: Command): string {
    return inBrackets(super.subcommandTerm(command));
  }

  override optionDescription({ description, argChoices = [], defaultValue, required, optional }: Option): string {
    const byDefault = defaultValue === undefined || !(required || optional) ? null : JSON.stringify(defaultValue);
    return text.optionDescription(description, argChoices.map((choice) => JSON.stringify(choice)), byDefault);
  }
}

function inBrackets(usage: string): string {
  return usage.replace('[options]', text.someOptions).replace('[command]', text.someCommand);
}

export class SpokenCommand extends Command {
  override createCommand(name?: string): SpokenCommand {
    return new SpokenCommand(name);
  }

  override createHelp(): Help {
    return Object.assign(new SpokenHelp(), this.configureHelp());
  }

  override error(message: string, options?: ErrorOptions): never {
    return super.error(inWords(message), options);
  }
}
