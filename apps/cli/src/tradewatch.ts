// The commands and their options. What a command does is loaded when it is asked for, so that each starts fast.
import { Argument, Command, Option } from 'commander';
import { version } from '../../../package.json';
import { addArchiveCommands } from './archive/archive.commands.ts';
import { address, count, example, seconds } from './option-values.ts';
import { addSourcesCommands } from './sources/sources.commands.ts';
import { addTaxonomyCommands } from './taxonomy/taxonomy.commands.ts';

export interface Surroundings {
  /** Folder of the built command line; the other apps are built beside it. */
  readonly bundleFolder: string;
}

/** `tradewatch`, throwing CommanderError instead of ending the process; an action leaves its code in process.exitCode. */
export function tradewatch({ bundleFolder }: Surroundings): Command {
  const program = new Command('tradewatch')
    .description('Trade-policy news, tagged and on the right desk in seconds.')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .exitOverride()
    .showHelpAfterError('Try tradewatch --help.')
    .addHelpText('after', `
Output is one JSON object a line on stdout; messages go to stderr.
Exit codes: 0 all well, 1 something failed (one bad line or file is enough), 2 wrong usage.`);

  program.command('classify')
    .description('tag articles by sector, topic, authority, jurisdiction and development')
    .addArgument(new Argument('[file]', 'JSON lines {id, title, text, language?}; - is stdin').default('-', 'stdin'))
    .addHelpText('after', example(`echo '{"id":1,"title":"Mexico lifts duties on U.S. steel","text":""}' | tradewatch classify`))
    .action(async (file: string) => {
      const { classifyFile } = await import('./classify.command.ts');
      process.exitCode = await classifyFile(file);
    });

  const feed = program.command('feed').description('work with feeds (RSS, Atom, JSON Feed)');
  feed.command('parse')
    .description('read feed files as the crawler does')
    .argument('<file...>', 'feed documents; - is stdin')
    .addOption(address('where the feed came from: relative links are resolved against it'))
    .option('--content-type <type>', 'its HTTP Content-Type, e.g. "text/xml; charset=iso-8859-1"')
    .addHelpText('after', example('tradewatch feed parse news.rss --url https://example.org/news.rss'))
    .action(async (files: string[], { url, contentType }: { url?: string; contentType?: string }) => {
      const { parseFeedFiles } = await import('./feed-parse.command.ts');
      process.exitCode = await parseFeedFiles(files, { url, contentType });
    });

  program.command('extract')
    .description('read the article out of web pages')
    .argument('<file...>', 'HTML documents; - is stdin')
    .addOption(address('where the page came from'))
    .addHelpText('after', example('tradewatch extract page.html --url https://example.org/page'))
    .action(async (files: string[], { url }: { url?: string }) => {
      const { extractFiles } = await import('./extract.command.ts');
      process.exitCode = await extractFiles(files, { url });
    });

  addSourcesCommands(program);
  addTaxonomyCommands(program);
  addArchiveCommands(program);

  program.command('demo')
    .description('see the whole loop offline: a sample site, the product on a scratch folder, alerts in this terminal')
    .option('--once', 'end when every alert has arrived; writes {articles, relevant, alerts} to stdout')
    .addOption(new Option('--every <seconds>', 'time between two new articles').default(10).argParser(seconds))
    .action(async ({ once, every }: { once?: true; every: number }) => {
      const { runDemo } = await import('./demo/demo.command.ts');
      process.exitCode = await runDemo({ bundleFolder, once: once === true, everyMs: every * 1000 });
    });

  program.command('migrate')
    .description('bring the database of DATABASE_URL to the newest migration; with KAFKA_BROKERS, make the topics too')
    .action(async () => {
      const { migrateAll } = await import('./migrate.command.ts');
      process.exitCode = await migrateAll();
    });

  const deadLetters = program.command('dead-letters')
    .description('see and replay events that a step gave up on (of KAFKA_BROKERS where set, else of DATABASE_URL)');
  deadLetters.command('list')
    .description('one line each, newest first')
    .addOption(new Option('--limit <n>', 'at most so many').default(100).argParser(count))
    .action(async ({ limit }: { limit: number }) => {
      const { listDeadLetters } = await import('./dead-letters.command.ts');
      process.exitCode = await listDeadLetters(limit);
    });
  deadLetters.command('show')
    .description('one in full: the event, the error, the stack')
    .argument('<id>')
    .action(async (id: string) => {
      const { showDeadLetter } = await import('./dead-letters.command.ts');
      process.exitCode = await showDeadLetter(id);
    });
  deadLetters.command('replay')
    .description('put events back on their topics; effects are idempotent, so a second time does no harm')
    .argument('<id...>')
    .addHelpText('after', example('tradewatch dead-letters list | jq -r .id | xargs tradewatch dead-letters replay'))
    .action(async (ids: string[]) => {
      const { replayDeadLetters } = await import('./dead-letters.command.ts');
      process.exitCode = await replayDeadLetters(ids);
    });

  return program;
}
