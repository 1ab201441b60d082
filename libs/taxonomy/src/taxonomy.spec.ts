import { describe, expect, it } from 'vitest';
import { checkTaxonomy } from './check.ts';
import { tagName, tagNames } from './names.ts';
import { PhraseError, spellOut } from './phrase.ts';
import { authorities, sectors, topics } from './tags.ts';
import { TaxonomyError, parseEntries } from './taxonomy-file.ts';
import { compileTaxonomy, taxonomy, taxonomySources, taxonomyVersion } from './taxonomy.ts';

function faultOf(source: string): string {
  try {
    parseEntries('bad.yaml', source);
  } catch (error) {
    return error instanceof TaxonomyError ? error.message : `not a TaxonomyError: ${String(error)}`;
  }
  return 'no fault';
}

describe('the taxonomy', () => {
  it('passes its own check', () => {
    expect(checkTaxonomy().faults).toEqual([]);
  });

  it.each([...sectors, ...topics, ...authorities])('has names, definitions and phrases in three languages for %s', (id) => {
    for (const language of ['en', 'es', 'fr'] as const) {
      expect(tagNames[id]?.name[language]).toBeTruthy();
      expect(tagNames[id]?.definition[language]).toBeTruthy();
    }
    const entry = taxonomy().entries.find((each) => each.id === id);
    expect(entry).toBeDefined();
    for (const language of ['en', 'es', 'fr'] as const) expect(entry?.[language] ?? entry?.any).toBeDefined();
  });

  it('names a tag in English where a language is missing, and by its id where it is unknown', () => {
    expect(tagName('automotive', 'de')).toBe('Automotive');
    expect(tagName('automotive', 'es')).toBe('Automotriz');
    expect(tagName('no-such-tag', 'en')).toBe('no-such-tag');
  });

  it('changes its version with its data', () => {
    expect(compileTaxonomy({ ...taxonomySources, 'sectors.yaml': `${taxonomySources['sectors.yaml']!}\n# changed\n` }).version).not.toBe(taxonomyVersion());
  });

  it('compiles well within the start-up budget', () => {
    const before = process.cpuUsage();
    compileTaxonomy();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(900);
  });
});

describe('a bad taxonomy file', () => {
  it.each([
    ['an unknown key', '- id: one\n  en: {strong: "a"}\n  weigt: 3\n', /^bad\.yaml:1: 0: .*weigt/],
    ['a threshold that is no number', '- id: one\n- id: two\n  threshold: high\n', /^bad\.yaml:3: 1\.threshold/],
    ['an id used twice', '- id: one\n- id: two\n- id: one\n', /^bad\.yaml:3: the id "one" is used twice/],
    ['unbalanced parentheses', '- id: one\n  en:\n    strong: >\n      fine phrase,\n      (broken|phrase\n', /^bad\.yaml:5: "\(broken\|phrase" has unbalanced/],
    ['broken YAML', '- id: one\n  en: {strong: "a"\n- id: two\n', /^bad\.yaml:\d: /],
  ])('is refused for %s, with the line at fault', (_, source, message) => {
    expect(faultOf(source)).toMatch(message);
  });

  it('is in the report of the check with every other fault, and not an exception', () => {
    const { faults } = checkTaxonomy({
      ...taxonomySources,
      'topics.yaml': '- id: 3\n- id: labor\n  weigt: 2\n',
      'sectors.yaml': '- id: energy\n  en: {strong: "a (b"}\n- id: energy\n',
      'scoring.yaml': 'title: 2\n',
    });
    const places = faults.map(({ file, line }) => `${file}:${line}`);
    expect(places).toEqual(expect.arrayContaining(['topics.yaml:1', 'topics.yaml:2', 'sectors.yaml:2', 'sectors.yaml:3', 'scoring.yaml:1']));
    expect(checkTaxonomy({ ...taxonomySources, 'combinations.yaml': '- {tag: labor, all: [is/agreement, is/nothing], weight: 1}\n' }).faults)
      .toEqual([{ file: 'combinations.yaml', line: 1, message: 'there is no entry "is/nothing"' }]);
  });

  it('is named where it is missing, misspelt, or lacks a tag of the contract', () => {
    const { 'scoring.yaml': _, ...sources } = taxonomySources;
    expect(checkTaxonomy({ ...sources, 'scorings.yaml': '' }).faults).toEqual([
      { file: 'scoring.yaml', line: 1, message: 'the file is missing' }, { file: 'scorings.yaml', line: 1, message: expect.stringContaining('is no file of the taxonomy') },
    ]);
    const misspelt = taxonomySources['sectors.yaml']!.replace('- id: pharma-medical', '- id: farma-medical');
    expect(checkTaxonomy({ ...taxonomySources, 'sectors.yaml': misspelt }).faults.map(({ message }) => message))
      .toEqual(expect.arrayContaining(['the tag "pharma-medical" has no phrases', '"farma-medical" is no tag of the contract']));
    expect(checkTaxonomy({ ...taxonomySources, 'names.json': '{\n "labor": {"name": {"en": "Labor"}}\n}' }).faults[0]).toMatchObject({ file: 'names.json', line: 2 });
  });
});

describe('the phrase notation', () => {
  it('spells out alternatives, also inside a word and empty', () => {
    expect(spellOut('impos(e|es) (new|) duty')).toEqual(['impose new duty', 'impose duty', 'imposes new duty', 'imposes duty']);
  });

  it.each(['a (b', 'a) b', 'a ((b|c)|d)', '(|)'])('refuses %s', (written) => {
    expect(() => spellOut(written)).toThrow(PhraseError);
  });
});
