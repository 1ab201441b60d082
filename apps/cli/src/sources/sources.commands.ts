import { Argument, Option, type Command } from 'commander';
import { example, upTo } from '../option-values.ts';

/** Adds `sources …`. What a command does is loaded when it is asked for. */
export function addSourcesCommands(program: Command): void {
  const sources = program.command('sources').description('look at sources and check them: the catalog, a sources YAML, or a list of feeds (OPML); no server or database is needed');
  const file = (): Argument => new Argument('[file]', 'sources YAML or OPML; - is stdin').default(undefined, 'the catalog that ships with tradewatch');

  sources.command('list')
    .description('one line a source: {id, name, kind, url, …}')
    .addArgument(file())
    .addHelpText('after', example('tradewatch sources list | jq -r .url'))
    .action(async (from: string | undefined) => {
      const { listSources } = await import('./list-sources.command.ts');
      process.exitCode = await listSources(from);
    });

  sources.command('check')
    .description('ask every source now, as politely as the crawler, and say how it is; ends with 1 when one cannot be read')
    .addArgument(file())
    .addOption(new Option('--concurrency <n>', 'hosts asked at the same time; each is asked one thing at a time').default(16).argParser(upTo(100)))
    .option('--all', 'also sources that are switched off')
    .addHelpText('after', `
Writes {id, name, kind, verdict, url, reachable, robots, format, contentType, entries, newest, ms, error?, fallbacks}; verdict is ok, stale
(nothing newer than 30 days), empty, fallback (the main address fails, a fallback works) or failed.${example('tradewatch sources check sources.yaml | jq -c \'select(.verdict != "ok") | {id, error}\'')}`)
    .action(async (from: string | undefined, { concurrency, all }: { concurrency: number; all?: true }) => {
      const { checkSourcesOf } = await import('./check-sources.command.ts');
      process.exitCode = await checkSourcesOf(from, { concurrency, all: all === true });
    });

  sources.command('export')
    .description('write the sources as OPML, for other feed readers and other installations')
    .addArgument(file())
    .addHelpText('after', example('tradewatch sources export sources.yaml > sources.opml'))
    .action(async (from: string | undefined) => {
      const { exportSources } = await import('./export-sources.command.ts');
      process.exitCode = await exportSources(from);
    });

  sources.command('import')
    .description('read a list of feeds (OPML) and add what is new to a sources YAML')
    .argument('<opml>', 'the list; - is stdin')
    .addOption(new Option('--into <yaml>', 'the sources YAML to add to, made where there is none; without it nothing is written, and the catalog is what is compared with'))
    .addOption(new Option('--jurisdiction <code>', 'of feeds whose list does not say it').default('US'))
    .addOption(new Option('--language <code>', 'likewise').default('en'))
    .addOption(new Option('--authority <kind>', 'likewise: official, press, law-firm or think-tank').default('press'))
    .addOption(new Option('--interval <time>', 'likewise').default('1h'))
    .addHelpText('after', `\nWrites {line, outcome: "added"|"duplicate"|"refused", id?, name, url, message?}, one line a feed.${example('tradewatch sources import feeds.opml --into sources.yaml --jurisdiction MX --language es')}`)
    .action(async (opml: string, options: { into?: string; jurisdiction: string; language: string; authority: string; interval: string }) => {
      const { importSourcesInto } = await import('./import-sources.command.ts');
      process.exitCode = await importSourcesInto(opml, options);
    });
}
