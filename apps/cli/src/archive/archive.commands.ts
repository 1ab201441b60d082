import { InvalidArgumentError, Option, type Command } from 'commander';
import { count, example, gathered } from '../option-values.ts';
import type { ReclassifyCommandOptions } from './reclassify.command.ts';
import type { SearchOptions } from './search.command.ts';

const databaseHelp = '\nWorks on the database of DATABASE_URL, else on that of npm start (TRADEWATCH_DATA_DIR, .data), running or not.';

/** `tradewatch search`, `subscriptions` and `reclassify`: what works on the product's database. */
export function addArchiveCommands(program: Command): void {
  addSearch(program);
  addSubscriptions(program);
  addReclassify(program);
}

const repeated = (flags: string, description: string): Option => new Option(flags, description).default([]).argParser(gathered);

function addSearch(program: Command): void {
  program.command('search')
    .description('find articles in the archive, one a line, newest first')
    .argument('[words...]', 'all of them, "a phrase", a OR b, -without; in English, Spanish or French')
    .addOption(repeated('--sector <id>', 'any of these; so for every filter that may be repeated'))
    .addOption(repeated('--topic <id>', 'USMCA or trade-policy topic'))
    .addOption(repeated('--authority <id>', 'legal authority, such as s232'))
    .addOption(repeated('--jurisdiction <code>', 'US, MX, CA, …'))
    .addOption(repeated('--development <kind>', 'tariff, review or dispute'))
    .addOption(repeated('--stage <stage>', 'proposed, announced, in-effect, paused, ended or ruled'))
    .addOption(repeated('--source <id>', 'id of a source'))
    .addOption(repeated('--language <code>', 'en, es, fr, …'))
    .option('--relevant <true|false>', 'about trade policy, or not')
    .option('--from <date>', 'published on or after')
    .option('--to <date>', 'published on or before')
    .option('--sort <newest|relevance>', 'how they are ordered')
    .addOption(new Option('--limit <n>', 'at most so many').default(25).argParser(count))
    .addHelpText('after', `${databaseHelp}${example('tradewatch search steel -wool --jurisdiction MX --from 2026-07-01 | jq -r .title')}`)
    .action(async (words: string[], options: SearchOptions) => {
      const { searchArchive } = await import('./search.command.ts');
      process.exitCode = await searchArchive(words, options);
    });
}

function addSubscriptions(program: Command): void {
  const subscriptions = program.command('subscriptions').description('see and pause the subscriptions of everybody').addHelpText('after', databaseHelp);
  subscriptions.command('list', { isDefault: true })
    .description('one line each: rule, channels, alerts raised')
    .action(async () => {
      const { listSubscriptions } = await import('./subscriptions.command.ts');
      process.exitCode = await listSubscriptions();
    });
  subscriptions.command('preview')
    .description('the newest articles that one would have matched, with why')
    .argument('<id>')
    .addOption(new Option('--days <n>', 'how far back').default(30).argParser((text) => atMost(count(text), 365)))
    .action(async (id: string, { days }: { days: number }) => {
      const { previewSubscription } = await import('./subscriptions.command.ts');
      process.exitCode = await previewSubscription(id, days);
    });
  for (const [name, enabled] of [['enable', true], ['disable', false]] as const) {
    subscriptions.command(name)
      .description(enabled ? 'let them raise alerts again' : 'keep them from raising alerts')
      .argument('<id...>')
      .action(async (ids: string[]) => {
        const { enableSubscriptions } = await import('./subscriptions.command.ts');
        process.exitCode = await enableSubscriptions(ids, enabled);
      });
  }
}

function addReclassify(program: Command): void {
  program.command('reclassify')
    .description('replay the archive through this taxonomy, without alerting anybody, and report what changed')
    .option('--dry-run', 'only report what would change', false)
    .addOption(new Option('--rate <n>', 'articles a second at most, so that live news is not delayed (default: 200; unlimited in a dry run)').argParser(count))
    .addOption(new Option('--chunk <n>', 'articles in one transaction').default(100).argParser((text) => atMost(count(text), 1_000)))
    .addHelpText('after', `
Goes on where it was after Ctrl-C, a kill or a crash.${databaseHelp}${example('tradewatch reclassify --dry-run | jq -r \'select(.type == "tag") | [.dimension, .tag, .added, .removed] | @tsv\'')}`)
    .action(async (options: ReclassifyCommandOptions) => {
      const { reclassifyArchive } = await import('./reclassify.command.ts');
      process.exitCode = await reclassifyArchive(options);
    });
}

function atMost(value: number, most: number): number {
  if (value <= most) return value;
  throw new InvalidArgumentError(`It must be at most ${most}.`);
}
