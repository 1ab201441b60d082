import { expect, it } from 'vitest';
import { sentences } from './sentences.ts';

it('ends every part once and leaves out empty ones', () => {
  expect(sentences('No answer', '', 'Slack said no.', ' Why? ')).toBe('No answer. Slack said no. Why?');
});
