import { useQuery } from '@tanstack/react-query';
import { IconTagOff } from '@tabler/icons-react';
import { useParams } from 'react-router';
import { getTag, type MarkDimension, type TagDescription } from '../api/marks.ts';
import { Problem } from '../api/problem.ts';
import { Empty } from '../app/empty.tsx';
import { AnchorLink, ButtonLink } from '../app/links.tsx';
import { ListSkeleton } from '../app/list-skeleton.tsx';
import { Page } from '../app/page.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { PhraseBook } from './phrase-book.tsx';
import { TagHits } from './tag-hits.tsx';
import { TagRules } from './tag-rules.tsx';
import classes from './taxonomy.module.css';

const kindNames: Readonly<Record<MarkDimension, string>> = { relevant: 'Relevance', sector: 'Sector', topic: 'Topic', authority: 'Legal authority', jurisdiction: 'Jurisdiction', development: 'Development' };

/** One tag: what it means, the phrases it is found by, and the last articles it was found in, to be said right or wrong. */
export function TagPage() {
  const { dimension = '', tag = '' } = useParams();
  const description = useQuery({ queryKey: ['tag', dimension, tag], queryFn: ({ signal }) => getTag(dimension, tag, signal), staleTime: Infinity });
  if (description.isError && description.error instanceof Problem && (description.error.status === 404 || description.error.status === 400)) {
    return (
      <Page title="No such tag">
        <Empty icon={IconTagOff} title="There is no such tag" hint={description.error.message} action={<ButtonLink to="/taxonomy">All tags</ButtonLink>} />
      </Page>
    );
  }
  const { data } = description;
  return (
    <Page title={data?.names['en'] ?? 'Tag'} lead={data && <Lead description={data} />} actions={<ButtonLink variant="default" to="/taxonomy">All tags</ButtonLink>} width="wide">
      {description.isPending && <ListSkeleton label="Loading the tag" />}
      {description.isError && <ProblemAlert error={description.error} onRetry={() => void description.refetch()} />}
      {data && (
        <div className={classes['columns']} data-even>
          <TagHits key={`${dimension} ${tag}`} description={data} />
          <div>
            <PhraseBook description={data} />
            <TagRules description={data} />
          </div>
        </div>
      )}
    </Page>
  );
}

function Lead({ description: { dimension, names, definition, id } }: { readonly description: TagDescription }) {
  return (
    <>
      {definition?.['en'] !== undefined && <>{definition['en']}. </>}
      {kindNames[dimension]} <code>{id}</code>; in Spanish <span lang="es">{names['es']}</span>, in French <span lang="fr">{names['fr']}</span>.{' '}
      {dimension !== 'development' && dimension !== 'relevant' && <AnchorLink to={`/articles?${dimension}=${encodeURIComponent(id)}`} inherit underline="always">All its articles</AnchorLink>}
    </>
  );
}
