import { describe, expect, it } from 'vitest';
import { problemFrom } from './problem.ts';

describe('a failed answer', () => {
  it('speaks with the words of its problem details', () => {
    const problem = problemFrom(422, { type: 'about:blank', title: 'Unprocessable Entity', status: 422, detail: 'filter: must name at least one condition', errors: [{ field: 'filter', message: 'must name at least one condition' }] });
    expect(problem.message).toBe('filter: must name at least one condition');
    expect(problem.title).toBe('The request was refused');
    expect(problem.errors).toEqual([{ field: 'filter', message: 'must name at least one condition' }]);
  });

  it('keeps a title that says more than the status', () => {
    expect(problemFrom(409, { type: 'urn:channel-in-use', title: 'The channel is in use' }).title).toBe('The channel is in use');
  });

  it.each([undefined, 'gateway timeout', null, [], { errors: [{ field: 1 }, 'x'] }])('is understandable when a proxy answers with %j', (body) => {
    const problem = problemFrom(502, body);
    expect(problem.title).toBe('The server is not reachable');
    expect(problem.message).toBe(problem.title);
    expect(problem.errors).toEqual([]);
  });

  it('has a title for a status nobody foresaw', () => {
    expect(problemFrom(418, undefined).title).toBe('Error 418');
  });
});
