import { type Command, InvalidArgumentError } from 'commander';
import type { ApiClient } from '../api-client.ts';

/** What each group of commands adds itself to. */
export interface Cli {
  readonly program: Command;
  /** Opened by the command that runs, so that `--help` needs no token. */
  readonly api: () => ApiClient;
  /** False: the command went through and left something for a person to look at; it ends with 2. */
  readonly finish: (allWell: boolean) => void;
}

/** An argument or option that is a whole number from 1 on. */
export function whole(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}

/** An option that is a number of seconds, perhaps 0. */
export function seconds(text: string): number {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) throw new InvalidArgumentError('It must be a number of seconds.');
  return Number(text);
}
