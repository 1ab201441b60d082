import { Option, type Command } from 'commander';
import { count, example, gathered } from '../option-values.ts';
import type { EvalOptions } from './eval.command.ts';

/** `tradewatch taxonomy …`: what an editor of phrases needs. */
export function addTaxonomyCommands(program: Command): void {
  const taxonomy = program.command('taxonomy').description('check and try the phrases the classifier reads by');

  taxonomy.command('check')
    .description('check taxonomy files; every error with its file and line')
    .argument('[folder]', 'a folder such as libs/taxonomy/data; the shipped files when absent')
    .addHelpText('after', example('tradewatch taxonomy check libs/taxonomy/data'))
    .action(async (folder: string | undefined) => {
      const { checkTaxonomyFiles } = await import('./check.command.ts');
      process.exitCode = await checkTaxonomyFiles(folder);
    });

  taxonomy.command('eval')
    .description('precision, recall and F1 on labelled articles, by tag, field and language, with the worst errors and what caused them')
    .argument('<file...>', 'JSON lines {id, language, title, text, labels}; - is stdin')
    .option('--taxonomy <folder>', 'taxonomy files to try instead of the shipped ones')
    .addOption(new Option('--learn-from <file>', 'learn the weights from these labelled articles alone first; may be repeated').default([]).argParser(gathered))
    .addOption(new Option('--corpus <file>', 'Federal Register notices {id, title, text} that must be found or stay quiet by the weights as shipped; may be repeated').default([]).argParser(gathered))
    .addOption(new Option('--errors <n>', 'errors told of one tag at most').default(20).argParser(count))
    .option('--judged-only', 'of marked articles, count only the tags a person said something of', false)
    .option('--report <file>', 'write the figures to a Markdown file too')
    .addHelpText('after', example('tradewatch taxonomy eval libs/taxonomy/gold/held-out.jsonl > evaluation.jsonl'))
    .action(async (files: string[], options: EvalOptions) => {
      const { evaluateGold } = await import('./eval.command.ts');
      process.exitCode = await evaluateGold(files, options);
    });

  taxonomy.command('marks')
    .description('what analysts marked right, wrong or missing in the web app, as labelled articles for eval')
    .addHelpText('after', `
Each marked revision is one line, with the tags it was read with and the marks applied; "judged" names what a person said.
Works on the database of DATABASE_URL, else on that of npm start (TRADEWATCH_DATA_DIR, .data).${example('tradewatch taxonomy marks > marks.jsonl && tradewatch taxonomy eval --judged-only marks.jsonl')}`)
    .action(async () => {
      const { exportMarks } = await import('./marks.command.ts');
      process.exitCode = await exportMarks();
    });
}
