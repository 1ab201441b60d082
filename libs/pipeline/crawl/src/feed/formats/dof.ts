// Mexico's Diario Oficial de la Federación: the index of one day (SIDOF, notas/DD-MM-AAAA) with its morning, evening and extra editions.
import { DateTime } from 'luxon';
import { z } from 'zod';
import { collapse, plainLine, sanitizeMarkup, textOfMarkup } from '../clean-html.ts';
import { asResult, FeedProblem, type FeedEntry, type SourceFormat } from '../feed-result.ts';
import { feedOf, readItems, readJson, shapeProblem } from './json-source.ts';

const text = z.union([z.string(), z.number().transform(String)]).nullish();
const noteSchema = z.object({
  codNota: z.union([z.number(), z.string()]).transform(String),
  titulo: z.string().min(1),
  fecha: text,
  codEdicion: text,
  codSeccion: text,
  nombreCodOrgaUno: text,
  codOrgaDos: text,
  cadenaContenido: text,
});
type Note = z.infer<typeof noteSchema>;

const list = z.array(z.unknown()).nullish();
const daySchema = z.object({ NotasMatutinas: list, NotasVespertinas: list, NotasExtraordinarias: list });

/**
 * Reads the index of a day. An answer of 200 with nothing in it comes on days without an edition and whenever the service fails: it is
 * the error `gap`, so that the day is asked again, and never a success.
 */
export const dof: SourceFormat = {
  parse: (bytes, context) => asResult(() => {
    const content = readJson(bytes, context.contentType);
    const day = daySchema.safeParse(content);
    if (!day.success || typeof content !== 'object' || content === null || !Object.keys(content).some((key) => key.startsWith('Notas'))) throw shapeProblem('the index of a day of the Diario Oficial');
    const { NotasMatutinas, NotasVespertinas, NotasExtraordinarias } = day.data;
    const notes = [...(NotasMatutinas ?? []), ...(NotasVespertinas ?? []), ...(NotasExtraordinarias ?? [])];
    if (notes.length === 0) throw new FeedProblem('gap', 'The Diario Oficial answered with an empty day: nothing was published, or the service failed; it is asked again later');
    // Notes without a title are continuations of the one before.
    const titled = notes.filter((note) => typeof note === 'object' && note !== null && 'titulo' in note && note.titulo);
    const feed = { title: 'Diario Oficial de la Federación', link: 'https://www.dof.gob.mx/', language: 'es-MX', description: null };
    return feedOf(feed, readItems(titled, noteSchema).map((note) => entryOf(note, context.now ?? new Date())));
  }),
};

const editions: Readonly<Record<string, string>> = { MAT: 'Matutina', VES: 'Vespertina', EXT: 'Extraordinaria' };

function entryOf(note: Note, now: Date): FeedEntry {
  const day = DateTime.fromFormat(collapse(note.fecha ?? '').replaceAll('/', '-'), 'dd-MM-yyyy', { zone: 'America/Mexico_City' });
  const published = day.isValid ? new Date(Math.min(day.toMillis(), now.getTime())).toISOString() : null;
  const html = sanitizeMarkup(note.cadenaContenido ?? '', 'https://www.dof.gob.mx/');
  const agency = plainLine(note.codOrgaDos ?? '') || plainLine(note.nombreCodOrgaUno ?? '');
  const edition = editions[note.codEdicion ?? ''];
  return {
    id: `DOF ${note.codNota}`,
    title: plainLine(note.titulo),
    link: `https://www.dof.gob.mx/nota_detalle.php?codigo=${encodeURIComponent(note.codNota)}${day.isValid ? `&fecha=${day.toFormat('dd/MM/yyyy')}` : ''}`,
    published,
    publishedRaw: note.fecha ?? null,
    publishedConfidence: published === null ? 'absent' : 'stated',
    updated: null,
    author: agency || null,
    summary: null,
    content: html || null,
    text: textOfMarkup(html),
    categories: [note.codSeccion, edition].filter((category): category is string => Boolean(category)),
    facts: { dof: note.codNota, ...(agency ? { agencies: [agency] } : {}), ...(edition ? { edition } : {}) },
  };
}
