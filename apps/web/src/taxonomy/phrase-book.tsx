import { Tabs, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { PhraseList, TagDescription } from '../api/marks.ts';
import { languageName } from '../app/names.ts';
import classes from './taxonomy.module.css';

const strengths = [
  ['strong', 'Names the subject'],
  ['medium', 'Usual in it'],
  ['weak', 'Counts beside other words'],
] as const;

/** The phrases a tag is found by, by language and by how much a hit counts. */
export function PhraseBook({ description: { phrases, weights } }: { readonly description: TagDescription }) {
  const first = phrases.find(({ language }) => language === 'en') ?? phrases[0];
  if (first === undefined) return null;
  return (
    <section className={classes['panel']} aria-labelledby="phrases-title">
      <h2 id="phrases-title">Phrases</h2>
      <Tabs defaultValue={first.language} keepMounted={false}>
        <Tabs.List>
          {phrases.map(({ language, strong, medium, weak }) => (
            <Tabs.Tab key={language} value={language}>
              {language === 'any' ? 'Any language' : languageName(language)} ({strong.length + medium.length + weak.length})
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {phrases.map((list) => (
          <Tabs.Panel key={list.language} value={list.language} pt="sm">
            {strengths.map(([strength, meaning]) => (
              <Phrases key={strength} list={list} strength={strength} title={`${meaning} (counts ${weights[strength]})`} />
            ))}
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}

const shownAtFirst = 24;

function Phrases({ list, strength, title }: { readonly list: PhraseList; readonly strength: 'strong' | 'medium' | 'weak'; readonly title: string }) {
  const [isLong, setLong] = useState(false);
  const all = [...new Set(list[strength])];
  if (all.length === 0) return null;
  return (
    <div className={classes['phrases']}>
      <h3>{title}</h3>
      <ul lang={list.language === 'any' ? undefined : list.language}>
        {(isLong ? all : all.slice(0, shownAtFirst)).map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
      </ul>
      {all.length > shownAtFirst && (
        <UnstyledButton className={classes['more']} aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? 'Show fewer' : `Show all ${all.length}`}
        </UnstyledButton>
      )}
    </div>
  );
}
