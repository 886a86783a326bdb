import { InvalidWorld } from '../world';
import { createProgram } from './createProgram';

/**
 * The command line; an error that a person can act on is one line on stderr.
 *
 * @public
 */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', endWithReader);
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    const expected =
      error instanceof InvalidWorld ||
      (error as NodeJS.ErrnoException).code !== undefined;
    process.stderr.write(
      `${expected ? (error as Error).message : (error as Error).stack}\n`,
    );
    process.exitCode = 1;
  }
}

/** `scenes | head -1` closes our output early: who reads has had enough, and nothing is wrong. */
function endWithReader(error: NodeJS.ErrnoException) {
  if (error.code !== 'EPIPE') {
    throw error;
  }
  process.exit();
}
