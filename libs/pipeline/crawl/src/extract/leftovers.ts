// Lines that stand among an article's paragraphs and are not its text, in the languages of the sources.

const whole: readonly RegExp[] = [
  /^(?:advertisement|publicidad|publicité|anuncio|annonce|sponsored|patrocinado|continue reading|story continues below|the story continues after the ad|leer más|lire la suite|read more|see also|share|compartir|partager|print|imprimir|imprimer|email|save|tweet|whatsapp|facebook|twitter|linkedin|copy link|comments?|comentarios|commentaires|loading\.*|cargando\.*)$/i,
  /^(?:share (?:this|on|article|via)|compartir (?:en|este|esta)|compártelo|partager (?:sur|cet)|follow us|síguenos|suivez-nous)\b.{0,80}$/i,
  /^(?:read more|read also|also read|related(?: articles?| stories| posts?)?|recommended|more on this(?: story)?|see also|you may also like|lee también|lea también|te puede interesar|le puede interesar|más información|ver también|también puedes leer|relacionado|lire aussi|à lire aussi|voir aussi|sur le même sujet)\s*[:|»-].{0,200}$/i,
  /^(?:sign up|subscribe|register|suscríbete|suscríbase|abonnez-vous|inscrivez-vous)\b.{0,160}(?:newsletter|inbox|boletín|correo|infolettre|email|e-mail|updates)\b.{0,100}$/i,
  /^(?:photo|image|picture|foto|imagen|crédit photo|credit|source|fuente)\s*(?:by|credit|courtesy|:|©).{0,120}$/i,
  /^(?:©|copyright\b|all rights reserved|todos los derechos reservados|tous droits réservés).{0,200}$/i,
  /^(?:posted|published|updated|last updated|publicado|actualizado|publié|mis à jour)\s*(?:on|at|el|le|:)?\s.{0,20}\d{4}.{0,30}$/i,
  /^(?:enable javascript|please enable|javascript is (?:disabled|required)|your browser does not support).{0,200}$/i,
];

/** Whether a paragraph is a label, a link to something else or a call to subscribe rather than text of the article. */
export function isLeftover(paragraph: string): boolean {
  return paragraph.length <= 300 && whole.some((pattern) => pattern.test(paragraph));
}
