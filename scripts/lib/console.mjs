/** What set-up scripts say, and how they end. No dependencies: it is used before anything is installed. */

/** A failure that the reader can mend: its message is the one line that says how. */
export class SetupError extends Error {
  /**
   * @param {string} message one plain line
   * @param {number} exitCode what the process ends with
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'SetupError';
    this.exitCode = exitCode;
    // A stack would bury the one line that helps.
    this.stack = message;
  }
}

/**
 * The line that opens a step.
 * @param {string} text
 */
export function heading(text) {
  const line = `▸ ${text}`;
  console.log(process.stdout.isTTY ? `\n\u001b[1m${line}\u001b[0m` : `\n${line}`);
}

/**
 * Runs a script's main function; its number becomes the exit code, a {@link SetupError} becomes one line.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = error instanceof SetupError ? error.exitCode : 1;
  }
}
