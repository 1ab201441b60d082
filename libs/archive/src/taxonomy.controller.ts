import { Controller, Get } from '@nestjs/common';
import { developmentKinds, developmentStages } from '@tradewatch/events';
import { authorities, sectors, tagNames, taxonomy, topics } from '@tradewatch/taxonomy';

interface Names {
  readonly en: string;
  readonly es: string;
  readonly fr: string;
}

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

/** Names of ISO 3166 codes from the Unicode data that Node carries; it knows EU too. */
function countryNames(id: string): Names {
  const nameIn = (language: string): string => new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(id) ?? id;
  return { en: nameIn('en'), es: nameIn('es'), fr: nameIn('fr') };
}
