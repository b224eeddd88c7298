#!/usr/bin/env node
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { SetupError } from '../scripts/lib/console.mjs';
import { acceleratorKinds, runtimeNames } from '../src/engine/session/shared/attempts';
import { LitescopeError } from '../src/errors';
import { chooseLanguage } from '../src/messages/choose-language';
import { defaultPlan } from '../src/report/benchmark';
import packageJson from '../package.json';
import { bench, type BenchFlags } from './commands/bench';
import { compare, type CompareFlags } from './commands/compare';
import { inspect, type InspectFlags } from './commands/inspect';
import { run, type RunFlags } from './commands/run';
import { exitCodes, ModelError, UsageError } from './errors';

/** The page lies beside this program, in the package as in the clone. */
const pageFolder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');

const number = (least: number) => (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least) throw new InvalidArgumentError(`It must be a number of at least ${least}.`);
  return value;
};

function threadCounts(text: string): readonly number[] {
  const counts = text.split(',').map(Number);
  if (counts.some((count) => !Number.isInteger(count) || count < 1)) throw new InvalidArgumentError('It must be whole numbers of at least 1, such as 1,2,4.');
  return counts;
}

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

function withBrowser(command: Command): Command {
  return command
    .option('--browser <name|path>', 'chrome, chromium, edge or a program; what the system has when left out')
    .option('--connect <ws-address>', 'a browser elsewhere, by Playwright’s connect')
    .option('--grid <address>', 'a browser elsewhere, by a Selenium Grid')
    .option('--host <name>', 'how a browser of the grid reaches this machine');
}

function withConfiguration(command: Command): Command {
  return command
    .addOption(new Option('--runtime <name>', 'what executes the model').choices(['auto', ...runtimeNames]).default('auto'))
    .addOption(new Option('--accelerator <name>', 'what it runs on').choices(acceleratorKinds))
    .option('--num_threads <counts>', 'one or several, such as 1,2,4', threadCounts)
    .option('--input <[name=]file>', 'a picture, a .npy file or raw values; may be repeated', collect, []);
}

function withPlan(command: Command): Command {
  return command
    .option('--num_runs <count>', 'time at least this many runs', number(1), defaultPlan.num_runs)
    .option('--warmup_runs <count>', 'warm up at least this many runs', number(0), defaultPlan.warmup_runs)
    .option('--min_secs <seconds>', 'time at least this long', number(0), defaultPlan.min_secs)
    .option('--max_secs <seconds>', 'but no longer than this', number(0), defaultPlan.max_secs);
}

function withTables(command: Command): Command {
  return command.option('--wide', 'tables with whole names, wider than the terminal where need be');
}

function program(finish: (code: number) => void): Command {
  const root = new Command('litescope').description('Runs, measures and inspects .tflite models in a browser’s runtimes.').version(packageJson.version)
    .addHelpText('after', '\nA model is a file, a web address, or gallery:ID.\nExit codes: 0 all right, 1 over budget, 2 wrong use, 3 a model that cannot run.');
  withTables(root.command('inspect').description('what a model is made of').argument('<model>'))
    .option('--json [file]', 'as JSON; on standard output when no file or - is named')
    .action(async (model: string, flags: { json?: string | boolean; wide?: boolean }) => {
      const target: InspectFlags = { wide: flags.wide, json: flags.json === true ? '-' : flags.json === false ? undefined : flags.json };
      await inspect(model, target, pageFolder);
    });
  withPlan(withBrowser(withConfiguration(root.command('bench').description('measures models as benchmark_model does; several are compared').argument('<models...>'))))
    .option('--enable_op_profiling', 'time every op too, in a session of its own')
    .option('--json <file>', 'the report as JSON; - for standard output')
    .option('--csv <file>', 'the report as CSV; - for standard output')
    .option('--link [page]', 'a link that carries the report, to the page that is named')
    .option('--budget <limit>', 'such as median_ms<=20, size_mb<=4, ratio:baseline.json<=1.1; may be repeated', collect, [])
    .option('--baseline <file>', 'an earlier JSON to compare with')
    .action(async (models: readonly string[], flags: BenchFlags) => { finish(await bench(models, flags, pageFolder)); });
  withTables(withPlan(withBrowser(withConfiguration(root.command('compare').description('what a model and a variant of it differ in: latency, size, outputs, agreement').argument('<a>').argument('<b>')))))
    .option('--images <folder>', 'pictures to compare outputs on; seeded random values when left out')
    .option('--json <file>', 'all of it as JSON; - for standard output')
    .action((a: string, b: string, flags: CompareFlags) => compare(a, b, flags, pageFolder));
  withTables(withBrowser(withConfiguration(root.command('run').description('runs a model once').argument('<model>'))))
    .option('--output <[name=]file>', 'where an output goes, as .npy; may be repeated', collect, [])
    .option('--json <file>', 'statistics of the outputs as JSON; - for standard output')
    .action((model: string, flags: RunFlags) => run(model, flags, pageFolder));
  return root;
}

/** @returns the exit code */
async function main(): Promise<number> {
  await chooseLanguage('en');
  let code: number = exitCodes.ok;
  const root = program((finished) => { code = finished; });
  for (const command of [root, ...root.commands]) command.exitOverride().showHelpAfterError('(--help tells more)');
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
