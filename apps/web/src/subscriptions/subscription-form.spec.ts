import { describe, expect, it } from 'vitest';
import type { Subscription } from '../api/subscriptions.ts';
import { readSearch } from '../articles/article-search.ts';
import { filterBody, filterFromSearch, isEmptyFilter, newValues, subscriptionBody, valuesFrom } from './subscription-form.ts';

const stored: Subscription = {
  id: '1',
  name: 'Autos',
  filter: { sectors: ['automotive'], developments: [{ kind: 'tariff' }, { kind: 'review', stages: ['ended'] }], query: 'origin' },
  channelIds: ['c'],
  mode: { type: 'digest', at: '07:30', days: ['mon', 'fri'], timeZone: 'America/Mexico_City' },
  quietHours: { from: '22:00', to: '06:00', timeZone: 'UTC' },
  enabled: false,
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
};

describe('the form of a subscription', () => {
  it('sends back what it was given', () => {
    const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...body } = stored;
    expect(subscriptionBody(valuesFrom(stored, 'UTC'))).toEqual(body);
  });

  it('keeps a digest of every day without naming the days', () => {
    const everyDay: Subscription = { ...stored, mode: { type: 'digest', at: '08:00', timeZone: 'UTC' } };
    expect(subscriptionBody(valuesFrom(everyDay, 'UTC')).mode).toEqual({ type: 'digest', at: '08:00', timeZone: 'UTC' });
  });

  it('sends days in the order of the week', () => {
    const values = newValues('UTC');
    expect(subscriptionBody({ ...values, mode: { ...values.mode, type: 'digest', days: ['fri', 'mon'] } }).mode).toMatchObject({ days: ['mon', 'fri'] });
  });

  it('leaves out what was not chosen', () => {
    const values = newValues('UTC');
    expect(subscriptionBody(values)).toEqual({ name: '', filter: {}, channelIds: [], mode: { type: 'instant' }, enabled: true });
    expect(isEmptyFilter({ ...values.filter, query: '  ' })).toBe(true);
  });
});

describe('a search made into a subscription', () => {
  const filter = (query: string) => filterBody(filterFromSearch(readSearch(new URLSearchParams(query)), ['tariff', 'review', 'dispute']));

  it('alerts on what the search shows', () => {
    expect(filter('q=steel&sector=automotive&topic=labor&jurisdiction=MX&authority=s232&source=dof&language=es')).toEqual({
      query: 'steel', sectors: ['automotive'], topics: ['labor'], jurisdictions: ['MX'], authorities: ['s232'], sources: ['dof'], languages: ['es'],
    });
  });

  it('pairs kinds with stages, and takes every kind where only a stage was chosen', () => {
    expect(filter('development=tariff&stage=ruled')).toEqual({ developments: [{ kind: 'tariff', stages: ['ruled'] }] });
    expect(filter('development=tariff')).toEqual({ developments: [{ kind: 'tariff' }] });
    expect(filter('stage=paused').developments).toHaveLength(3);
  });
});
