import { Select, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ArticleDetail } from '../api/articles.ts';
import type { Mark, MarkDimension } from '../api/marks.ts';
import type { Names } from '../app/names.ts';
import classes from './marks.module.css';
import { tagLabel } from './tag-label.ts';
import { useMarkChange } from './use-marks.ts';

interface MissingTagsProps {
  readonly article: Pick<ArticleDetail, 'id' | 'revision' | 'tags' | 'relevant'>;
  readonly names: Names;
  readonly marks: readonly Mark[];
}

interface TagOfDimension {
  readonly dimension: MarkDimension;
  readonly tag: string;
}

const groups = [['topic', 'Topics'], ['sector', 'Sectors'], ['authority', 'Legal authority'], ['jurisdiction', 'Jurisdictions']] as const;

/** The tags an analyst misses on the article: those said so far, each to be taken back, and a list to add one from. */
export function MissingTags({ article, names, marks }: MissingTagsProps) {
  const change = useMarkChange();
  const said = marks.filter(({ mine, revision, verdict }) => mine && revision === article.revision && verdict === 'missing');
  const pending = change.isPending ? change.variables : undefined;
  const missing: TagOfDimension[] = [...said, ...(pending?.verdict === 'missing' ? [pending.about] : [])].filter(
    (one, index, all) => all.findIndex((other) => isSame(one, other)) === index && !(pending?.verdict === null && isSame(pending.about, one)),
  );
  const say = ({ dimension, tag }: TagOfDimension, verdict: 'missing' | null) => change.mutate({ about: { articleId: article.id, revision: article.revision, dimension, tag }, verdict });
  const standing = [...standingTags(article), ...missing];
  const options = (dimension: MarkDimension, tags: readonly string[]) =>
    tags.filter((tag) => !standing.some((one) => isSame(one, { dimension, tag }))).map((tag) => ({ value: `${dimension} ${tag}`, label: tagLabel(names, dimension, tag) }));
  const developments = names.terms('development').flatMap((kind) => names.terms('stage').map((stage) => `${kind.value}:${stage.value}`));
  const data = [
    ...(article.relevant ? [] : [{ group: 'Relevance', items: options('relevant', ['relevant']) }]),
    { group: 'Development', items: options('development', developments) },
    ...groups.map(([dimension, group]) => ({ group, items: options(dimension, names.terms(dimension).map(({ value }) => value)) })),
  ].filter(({ items }) => items.length > 0);
  return (
    <div className={classes['missing']}>
      {/* Emptied after each choice by being made anew. */}
      <Select
        key={missing.length}
        size="xs"
        w="100%"
        label="A tag is missing"
        placeholder="Choose the tag"
        searchable
        data={data}
        nothingFoundMessage="There is no such tag"
        maxDropdownHeight={260}
        onChange={(value) => value !== null && say({ dimension: value.slice(0, value.indexOf(' ')) as MarkDimension, tag: value.slice(value.indexOf(' ') + 1) }, 'missing')}
      />
      {missing.length > 0 && (
        <ul className={classes['added']} aria-label="Tags marked as missing">
          {missing.map((one) => (
            <li key={`${one.dimension} ${one.tag}`}>
              {tagLabel(names, one.dimension, one.tag)}
              <UnstyledButton className={classes['choice']} aria-label={`Take back: ${tagLabel(names, one.dimension, one.tag)} is missing`} title="Take it back" onClick={() => say(one, null)}>
                <IconX size={14} stroke={2.2} aria-hidden />
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function isSame(a: TagOfDimension, b: TagOfDimension): boolean {
  return a.dimension === b.dimension && a.tag === b.tag;
}

function standingTags({ tags, relevant }: Pick<ArticleDetail, 'tags' | 'relevant'>): TagOfDimension[] {
  const lists = [['sector', tags.sectors], ['topic', tags.topics], ['authority', tags.authorities], ['jurisdiction', tags.jurisdictions]] as const;
  return [
    ...(relevant ? [{ dimension: 'relevant' as const, tag: 'relevant' }] : []),
    ...lists.flatMap(([dimension, list]) => list.map(({ id }) => ({ dimension, tag: id }))),
    ...tags.developments.map(({ kind, stage }) => ({ dimension: 'development' as const, tag: `${kind}:${stage}` })),
  ];
}
