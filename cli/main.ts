#!/usr/bin/env node
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError, InvalidArgumentError, Option, type Command } from 'commander';
import { SetupError } from '../scripts/lib/console.mjs';
import { acceleratorKinds, runtimeNames } from '../src/engine/session/shared/attempts';
import { LitescopeError } from '../src/errors';
import { chooseLanguage } from '../src/messages/choose-language';
import { commandLine as text } from '../src/messages/command-line';
import { languages } from '../src/messages/language';
import { defaultPlan } from '../src/report/benchmark';
import packageJson from '../package.json';
import { bench, type BenchFlags } from './commands/bench';
import { compare, type CompareFlags } from './commands/compare';
import { inspect, type InspectFlags } from './commands/inspect';
import { replay, type ReplayFlags } from './commands/replay';
import { run, type RunFlags } from './commands/run';
import { SpokenCommand } from './command';
import { exitCodes, ModelError, UsageError } from './errors';
import { languageFor } from './language';

/** The page lies beside this program, in the package as in the clone. */
const pageFolder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');

const number = (least: number) => (written: string): number => {
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value) || value < least) throw new InvalidArgumentError(text.mustBeNumber(least));
  return value;
};

function threadCounts(written: string): readonly number[] {
  const counts = written.split(',').map(Number);
  if (counts.some((count) => !Number.isInteger(count) || count < 1)) throw new InvalidArgumentError(text.mustBeThreads);
  return counts;
}

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

function withBrowser(command: Command): Command {
  return command
    .option('--browser <name|path>', text.options.browser)
    .option('--connect <ws-address>', text.options.connect)
    .option('--grid <address>', text.options.grid)
    .option('--host <name>', text.options.host);
}

function withConfiguration(command: Command): Command {
  return command
    .addOption(new Option('--runtime <name>', text.options.runtime).choices(['auto', ...runtimeNames]).default('auto'))
    .addOption(new Option('--accelerator <name>', text.options.accelerator).choices(acceleratorKinds))
    .option('--num_threads <counts>', text.options.threads, threadCounts)
    .option('--input <[name=]input>', text.options.input, collect, []);
}

function withPlan(command: Command): Command {
  return command
    .option('--num_runs <count>', text.options.runs, number(1), defaultPlan.num_runs)
    .option('--warmup_runs <count>', text.options.warmUpRuns, number(0), defaultPlan.warmup_runs)
    .option('--min_secs <seconds>', text.options.leastSeconds, number(0), defaultPlan.min_secs)
    .option('--max_secs <seconds>', text.options.mostSeconds, number(0), defaultPlan.max_secs);
}

function withTables(command: Command): Command {
  return command.option('--wide', text.options.wide);
}

function program(finish: (code: number) => void): Command {
  const root = new SpokenCommand('litescope').description(text.description).version(packageJson.version, '-V, --version', text.options.version)
    .addOption(new Option('--lang <tag>', text.options.language).choices(languages))
    .helpOption('-h, --help', text.commands.help).helpCommand(`help ${text.someCommand}`, text.commands.help)
    .addHelpText('after', text.afterHelp);
  withTables(root.command('inspect').description(text.commands.inspect).argument('<model>'))
    .option('--json [file]', text.options.inspectJson)
    .action(async (model: string, flags: { json?: string | boolean; wide?: boolean }) => {
      const target: InspectFlags = { wide: flags.wide, json: flags.json === true ? '-' : flags.json === false ? undefined : flags.json };
      await inspect(model, target, pageFolder);
    });
  withPlan(withBrowser(withConfiguration(root.command('bench').description(text.commands.bench).argument('<models...>'))))
    .option('--enable_op_profiling', text.options.profiling)
    .option('--json <file>', text.options.benchJson)
    .option('--csv <file>', text.options.csv)
    .option('--link [page]', text.options.link)
    .option('--budget <limit>', text.options.budget, collect, [])
    .option('--baseline <file>', text.options.baseline)
    .action(async (models: readonly string[], flags: BenchFlags) => { finish(await bench(models, flags, pageFolder)); });
  withTables(withPlan(withBrowser(withConfiguration(root.command('compare').description(text.commands.compare).argument('<a>').argument('<b>')))))
    .option('--images <folder>', text.options.images)
    .option('--json <file>', text.options.compareJson)
    .action((a: string, b: string, flags: CompareFlags) => compare(a, b, flags, pageFolder));
  withTables(withBrowser(withConfiguration(root.command('run').description(text.commands.run).argument('<model>'))))
    .option('--output <[name=]file>', text.options.output, collect, [])
    .option('--save <file>', text.options.save)
    .option('--json <file>', text.options.runJson)
    .action((model: string, flags: RunFlags) => run(model, flags, pageFolder));
  withBrowser(root.command('replay').description(text.commands.replay).argument('<run>'))
    .option('--model <model>', text.options.replayModel)
    .addOption(new Option('--runtime <name>', text.options.replayRuntime).choices(['auto', ...runtimeNames]))
    .addOption(new Option('--accelerator <name>', text.options.accelerator).choices(acceleratorKinds))
    .option('--num_threads <counts>', text.options.threads, threadCounts)
    .option('--tolerance <share>', text.options.tolerance, number(0))
    .option('--json <file>', text.options.replayJson)
    .action(async (file: string, flags: ReplayFlags) => { finish(await replay(file, flags, pageFolder)); });
  return root;
}

/** @returns the exit code */
async function main(): Promise<number> {
  await chooseLanguage(languageFor(process.argv.slice(2), process.env));
  let code: number = exitCodes.ok;
  const root = program((finished) => { code = finished; });
  for (const command of [root, ...root.commands]) command.exitOverride().showHelpAfterError(text.helpTellsMore);
  try {
    await root.parseAsync();
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (error instanceof UsageError || error instanceof SetupError) {
      process.stderr.write(`${error.message}\n`);
      return exitCodes.usage;
    }
    if (error instanceof ModelError || error instanceof LitescopeError) {
      process.stderr.write(`${error.message}\n`);
      return exitCodes.model;
    }
    throw error;
  }
}

process.exitCode = await main();
