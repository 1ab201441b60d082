import { Fragment } from 'react';
import type { SubscriptionFilter } from '../api/subscriptions.ts';
import type { Names } from '../app/names.ts';
import { conditionsOf } from './rule-words.ts';
import classes from './subscriptions.module.css';

interface RuleSummaryProps {
  readonly filter: SubscriptionFilter;
  readonly names: Names;
  readonly sourceName: (id: string) => string;
}

/** The conditions of a rule, one after the other: "Sector Automotive or Energy and Jurisdiction Mexico". */
export function RuleSummary({ filter, names, sourceName }: RuleSummaryProps) {
  return (
    <p className={classes['rule']}>
      {conditionsOf(filter, names, sourceName).map(({ subject, values }, index) => (
        <Fragment key={subject}>
          {index > 0 && ' and '}
          <span>
            {index > 0 ? subject.charAt(0).toLowerCase() + subject.slice(1) : subject} <b>{values.join(' or ')}</b>
          </span>
        </Fragment>
      ))}
    </p>
  );
}
