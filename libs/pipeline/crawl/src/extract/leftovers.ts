// Lines that stand among an article's paragraphs and are not its text, in the languages of the sources.

const month = String.raw`(?:jan|feb|fév|mar|apr|abr|avr|may|mai|jun|jui|jul|aug|ago|aoû|sep|oct|okt|nov|dec|dez|dic|déc|ene|mär)\p{L}*\.?`;
const dateWords = String.raw`(?:\d{1,4}(?:st|nd|rd|th|er|º)?|${month}|(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|de|del|le|el|at|on|à|um|uhr|am|pm|a\.m\.|p\.m\.|gmt|utc|[ecmp][sd]?t|h|ist|hrs?|posted|published|updated|last updated|publicado|actualizado|publié|mis à jour|veröffentlicht|date|fecha)`;

const whole: readonly RegExp[] = [
  /^(?:advertisement|publicidad|publicité|anuncio|annonce|sponsored|patrocinado|continue reading|story continues below|the story continues after the ad|leer más|lire la suite|read more|see also|share|compartir|partager|print|imprimir|imprimer|email|save|tweet|whatsapp|facebook|twitter|linkedin|copy link|comments?|comentarios|commentaires|loading\.*|cargando\.*|hide caption|toggle caption|enlarge this image|view gallery|video transcript|kudos|apply now|learn more|log ?in|sign in|my account|créer un compte|se connecter|iniciar sesión)$/i,
  /^(?:share (?:this|on|article|via)|compartir (?:en|este|esta)|compártelo|partager (?:sur|cet)|follow us|síguenos|suivez-nous|read or share this story|see more photos|view (?:more )?photos|scroll (?:down )?(?:for|to))\b.{0,80}$/i,
  /^(?:read more|read also|also read|related(?: articles?| stories| posts?| content| coverage)?|recommended|more on this(?: story)?|more from\b.{0,40}|see also|you may also like|you might also like|don['’]t miss|watch(?: now| video| more)?|lee también|lea también|leer también|te puede interesar|le puede interesar|más información|ver también|también puedes leer|relacionado|lire aussi|à lire aussi|à lire|voir aussi|sur le même sujet|lesen sie auch|auch interessant|mehr zum thema)\s*[:|»>-].{0,200}$/i,
  /^(?:more from|related (?:articles|stories|posts|content|coverage|topics|links)|recommended (?:for you|stories|articles|reading)|you may (?:also )?like|most (?:read|popular|viewed)|trending(?: now)?|editors?['’]? (?:picks?|choice)|popular (?:stories|posts)|latest (?:news|stories|videos)|up next|next (?:article|story|up)|lo más (?:leído|visto)|te recomendamos|noticias relacionadas|notas relacionadas|les plus lus|articles liés|à lire aussi|à lire également|lire aussi|lee también|lea también)\b.{0,40}$/i,
  /^(?:sign up|subscribe|register|suscríbete|suscríbase|abonnez-vous|inscrivez-vous|get (?:the|our) (?:latest|best|top|daily|weekly)|join our|recibe (?:las|nuestro|en tu)|recevez)\b.{0,160}(?:newsletter|inbox|boletín|correo|infolettre|email|e-mail|updates|app|whatsapp|telegram|phone)\b.{0,100}$/i,
  /^\(?(?:photo|image|picture|foto|imagen|crédit photo|photo credit|image credit|credit|source|fuente)s?\s*(?:by|credit|courtesy|:|©|\/).{0,120}$/i,
  /^(?:[™®©&\s]+|copyright\b|all rights reserved|todos los derechos reservados|tous droits réservés|the-cnn-wire).{0,200}$/i,
  /^(?:posted|published|updated|last updated|publicado|actualizado|publié|mis à jour)\s*(?:on|at|in|by|el|le|:)?\s.{0,20}\d{4}.{0,30}$/i,
  /^(?:enable javascript|please enable|javascript is (?:disabled|required)|your browser does not support|automatically generated transcript).{0,200}$/i,
  /^(?:filed under|filed in|posted in|tagged(?: with| as)?|tags?|topics?|categor(?:y|ies)|keywords?|temas|etiquetas|categorías?|mots[- ]clés|thèmes|étiquettes|eingeordnet unter|getaggt mit|schlagwörter)\s*[:|].{0,200}$/i,
  /^latest posts by .{0,80}$/i,
  /^(?:eingeordnet unter|getaggt mit|filed under|posted in)\s.{0,200}$/i,
  /^(?:follow|email|contact|reach|write to)\s.{0,80}(?:@\w|on twitter|on x\b|on facebook|on instagram).{0,60}$/i,
  /^\d+\s*(?:min(?:ute)?s?(?: de lectura| de lecture)?(?: read)?|comments?|shares?|views?|likes?|retweets?|comentarios|commentaires)$/i,
  /^#?\d{1,6}(?:\s*(?:\/|of)\s*\d{1,3})?$/,
  new RegExp(String.raw`^(?=.*\d)(?:${dateWords}|[\s,.:;|·•()/–+-])+$`, 'iu'),
];

/** Whether a paragraph is a label, a link to something else, a date or a call to subscribe rather than text of the article. */
export function isLeftover(paragraph: string): boolean {
  return paragraph.length <= 300 && whole.some((pattern) => pattern.test(paragraph));
}

const bio = /^\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,3},? (?:is|was|has been|es|est) (?:an?|the|una?|el|la|une?|le|\p{L}+['’]s)?\b.{0,100}\b(?:reporter|editor|writer|journalist|correspondent|columnist|contributor|author of|blogger|producer|periodista|editora?|redactora?|journaliste|rédact(?:eur|rice)|corresponsal)\b/u;
const endsSentence = /[.!?…:;"”»’')\]]$/;
const isLabel = (line: string): boolean => line.length < 60 && !endsSentence.test(line);

/**
 * The lines of a text without what surrounds its prose: its own title and byline, labels before the first and after the last sentence,
 * what is said of the author at the end, and what stands there several times.
 */
export function trimText(text: string, { title, byline }: { readonly title: string | null; readonly byline: string | null }): string {
  const paragraphs = withoutRepeats(text.split('\n\n').filter((paragraph) => paragraph !== ''));
  const heading = bare(title ?? '');
  const names = (byline ?? '').split(/,\s+/).map(bare).filter((name) => name.length > 4);
  const isOwn = (line: string): boolean => {
    const words = bare(line);
    return (heading !== '' && words === heading) || names.some((name) => words.includes(name) && words.length - name.length < 25 && !/[.!?]$/.test(line));
  };
  const firstProse = paragraphs.findIndex((line) => line.length >= 80 && !isOwn(line));
  const kept = firstProse === -1 ? paragraphs : paragraphs.filter((line, index) => index >= firstProse || index > 6 || !(isOwn(line) || (index < firstProse && isLabel(line) && firstProse <= 4)));
  const least = Math.max(2, kept.length - 2);
  while (kept.length > least) {
    const last = kept.at(-1) ?? '';
    const isBio = last.length < 600 && kept.length > 4 && (bio.test(last) || names.some((name) => bare(last).startsWith(name)));
    if (!isOwn(last) && !isBio && !(isLabel(last) && last.split(' ').length <= 4)) break;
    kept.pop();
  }
  return kept.join('\n\n');
}

/** A line that comes back is a caption of a gallery or a button, the first one too where it is no sentence. */
function withoutRepeats(paragraphs: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const paragraph of paragraphs) counts.set(paragraph, (counts.get(paragraph) ?? 0) + 1);
  const seen = new Set<string>();
  return paragraphs.filter((paragraph) => {
    const count = counts.get(paragraph) ?? 1;
    if (count === 1 || paragraph.length < 15) return true;
    const isFirst = !seen.has(paragraph);
    seen.add(paragraph);
    return isFirst && (count < 3 || endsSentence.test(paragraph));
  });
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
