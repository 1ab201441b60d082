import { describe, expect, it } from 'vitest';
import { placeErrors } from './field-errors.ts';

const fields = ['name', 'filter', 'filter.sectors', 'mode.timeZone'];

describe('errors the server names a field for', () => {
  it.each(['filter.sectors', 'filter.sectors.0', 'filter.sectors[2]', '/filter/sectors/1'])('%s stands beside the sectors', (field) => {
    expect(placeErrors([{ field, message: 'unknown' }], fields).fields).toEqual({ 'filter.sectors': 'unknown' });
  });

  it('of a part the form does not show stand beside the nearest field around it', () => {
    expect(placeErrors([{ field: 'filter.moods', message: 'unknown' }], fields).fields).toEqual({ filter: 'unknown' });
  });

  it('of no field at all are kept for the top of the form', () => {
    expect(placeErrors([{ field: 'named', message: 'x' }, { field: '', message: 'y' }], fields)).toEqual({ fields: {}, others: [{ field: 'named', message: 'x' }, { field: '', message: 'y' }] });
  });

  it('are joined when a field has several', () => {
    expect(placeErrors([{ field: 'name', message: 'a' }, { field: 'name', message: 'b' }], fields).fields).toEqual({ name: 'a; b' });
  });
});
