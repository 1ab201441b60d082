// Values of options as the shell gives them, made into what commands take; a bad one ends with 2 and says what it must be.
import { InvalidArgumentError, Option } from 'commander';

/** `--url`: an absolute http or https address. */
export function address(description: string): Option {
  return new Option('--url <url>', description).argParser((text) => {
    if (URL.canParse(text) && /^https?:/i.test(text)) return text;
    throw new InvalidArgumentError('It must be a whole address, such as https://example.org/news.');
  });
}

export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 3600) return value;
  throw new InvalidArgumentError('It must be a number from above 0 to 3600.');
}

export function count(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
}

/** A whole number from 1 to `most`. */
export function upTo(most: number): (text: string) => number {
  return (text) => {
    if (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  };
}

/** For options that may be given several times: a list in their order. */
export function gathered(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

/** An example under a command's help. */
export function example(...commands: readonly string[]): string {
  return `\n${commands.length === 1 ? 'Example' : 'Examples'}:${commands.map((command) => `\n  $ ${command}`).join('')}`;
}
