import { describe, expect, it } from 'vitest';
import { subscriptionSchema } from './subscription.ts';

const valid = {
  name: 'Trucks', filter: { sectors: ['automotive'] }, channelIds: ['0f8fad5b-d9cb-469f-a165-70867728950e'], mode: { type: 'instant' },
};

function faults(overrides: object): Record<string, string> {
  const parsed = subscriptionSchema.safeParse({ ...valid, ...overrides });
  return Object.fromEntries((parsed.error?.issues ?? []).toReversed().map((issue) => [issue.path.join('.'), issue.message]));
}

describe('a subscription', () => {
  it('is enabled and knows no quiet hours unless it says so', () => {
    expect(subscriptionSchema.parse(valid)).toMatchObject({ enabled: true, quietHours: null });
    expect(faults({ mode: { type: 'digest', at: '08:00', days: ['mon', 'fri'], timeZone: 'America/Mexico_City' }, quietHours: { from: '22:00', to: '07:00', timeZone: 'UTC' } })).toEqual({});
  });

  it.each([
    [{ filter: { sectors: ['cars'] } }, 'filter.sectors.0', /no sector "cars".*automotive/],
    [{ filter: { topics: ['labor', 'x'] } }, 'filter.topics.1', /no topic "x"/],
    [{ filter: { authorities: ['s999'] } }, 'filter.authorities.0', /no authority/],
    [{ filter: { jurisdictions: ['US', 'ZZ'] } }, 'filter.jurisdictions.1', /no jurisdiction "ZZ"/],
    [{ filter: { developments: [{ kind: 'war' }] } }, 'filter.developments.0.kind', /no development "war"/],
    [{ filter: { developments: [{ kind: 'tariff', stages: ['soon'] }] } }, 'filter.developments.0.stages.0', /no stage "soon"/],
    [{ filter: { languages: ['english'] } }, 'filter.languages.0', /ISO 639-1/],
    [{ filter: { htsPrefixes: ['87x'] } }, 'filter.htsPrefixes.0', /digits/],
    [{ filter: { query: '-steel' } }, 'filter.query', /no word/],
    [{ filter: { query: 'x'.repeat(501) } }, 'filter.query', /at most 500/],
    [{ filter: {} }, 'filter', /at least one condition/],
    [{ filter: { sectors: [], query: undefined } }, 'filter', /at least one condition/],
    [{ filter: { sector: ['automotive'] } }, 'filter', /sector/],
    [{ mode: { type: 'digest', at: '08:00', timeZone: 'Mexico/Nowhere' } }, 'mode.timeZone', /no time zone "Mexico\/Nowhere"/],
    [{ mode: { type: 'digest', at: '08:00', timeZone: '+05:00' } }, 'mode.timeZone', /no time zone/],
    [{ mode: { type: 'digest', at: '24:00', timeZone: 'UTC' } }, 'mode.at', /time of day/],
    [{ mode: { type: 'digest', at: '08:00', days: [], timeZone: 'UTC' } }, 'mode.days', /at least one day/],
    [{ mode: { type: 'sometimes' } }, 'mode.type', /./],
    [{ quietHours: { from: '22:00', to: '22:00', timeZone: 'UTC' } }, 'quietHours.to', /differ/],
    [{ channelIds: [] }, 'channelIds', /at least one channel/],
    [{ channelIds: ['slack'] }, 'channelIds.0', /not a channel id/],
    [{ name: '  ' }, 'name', /empty/],
    [{ name: 'a\0b' }, 'name', /no text/],
  ])('%j is refused naming the field', (overrides, field, message) => {
    const found = faults(overrides);
    expect(Object.keys(found)).toEqual([field]);
    expect(found[field]).toMatch(message);
  });
});
