import { Controller, Get } from '@nestjs/common';
import { developmentKinds, developmentStages } from '@tradewatch/events';
import { countryNames, type Names } from './country-names.ts';
import { authorities, sectors, tagNames, taxonomy, topics } from '@tradewatch/taxonomy';

interface NamedTag {
  readonly id: string;
  readonly names: Names;
  readonly definition?: Names;
}

export interface TaxonomyAnswer {
  readonly version: string;
  readonly sectors: readonly NamedTag[];
  readonly topics: readonly NamedTag[];
  readonly authorities: readonly NamedTag[];
  readonly jurisdictions: readonly NamedTag[];
  readonly developmentKinds: readonly NamedTag[];
  readonly developmentStages: readonly NamedTag[];
}

/** The tags there are, with names in three languages: what filters, forms and labels are made of. */
@Controller('api/taxonomy')
export class TaxonomyController {
  private answer?: TaxonomyAnswer;

  @Get()
  read(): TaxonomyAnswer {
    return (this.answer ??= describe());
  }
}

function describe(): TaxonomyAnswer {
  const { version, entries, kinds } = taxonomy();
  const countries = new Set(entries.filter((_, index) => kinds[index] === 'jurisdiction').map((entry) => entry.id));
  return {
    version,
    sectors: sectors.map(named),
    topics: topics.map(named),
    authorities: authorities.map(named),
    jurisdictions: [...countries].sort().map((id) => ({ id, names: countryNames(id) })),
    developmentKinds: developmentKinds.map(named),
    developmentStages: developmentStages.map(named),
  };
}

function named(id: string): NamedTag {
  const known = tagNames[id];
  return known ? { id, names: known.name, definition: known.definition } : { id, names: { en: id, es: id, fr: id } };
}
