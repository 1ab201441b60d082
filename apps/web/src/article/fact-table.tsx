import { Table, UnstyledButton } from '@mantine/core';
import type { Fact } from '../api/articles.ts';
import classes from './article-page.module.css';
import { factTypeName } from './evidence-keys.ts';
import type { Spotlight } from './use-spotlight.ts';

/** What the text states: rates, dates, codes and numbers, each leading to its words. */
export function FactTable({ facts, spotlight }: { readonly facts: readonly Fact[]; readonly spotlight: Spotlight }) {
  if (facts.length === 0) return null;
  return (
    <section className={classes['panel']} aria-labelledby="facts-title">
      <h2 id="facts-title">Facts in the text</h2>
      <Table verticalSpacing={5} horizontalSpacing={0} fz="sm" className={classes['facts'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Fact</Table.Th>
            <Table.Th>Value</Table.Th>
            <Table.Th>Role</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {facts.map((fact, index) => (
            <Table.Tr key={`${fact.type}:${fact.value}:${fact.evidence.field}:${fact.evidence.start}`}>
              <Table.Td>{factTypeName(fact.type)}</Table.Td>
              <Table.Td>
                <UnstyledButton className={classes['fact']} aria-pressed={spotlight.pinnedKey === `fact:${index}`} {...spotlight.bind(`fact:${index}`)}>
                  {fact.value}
                </UnstyledButton>
              </Table.Td>
              <Table.Td>{fact.role?.replaceAll('-', ' ') ?? ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
