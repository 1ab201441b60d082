// Words found in the dates of feeds. Keys are lower case without accents or final dots.

const monthSpellings: readonly (readonly string[])[] = [
  ['january', 'jan', 'enero', 'ene', 'janvier', 'janv', 'januar', 'gennaio', 'gen', 'janeiro', 'ιαν', 'januar', '1월', 'leden', 'janúar', 'января', 'янв'],
  ['february', 'feb', 'febrero', 'febr', 'fevrier', 'fevr', 'fev', 'februar', 'febbraio', 'fevereiro', 'φεβ', 'februari', 'februar', 'февраля', 'фев'],
  ['march', 'mar', 'marzo', 'mars', 'marz', 'maerz', 'marco', 'μαρ', 'μαρτ', 'marcius', 'марта', 'мар'],
  ['april', 'apr', 'abril', 'abr', 'avril', 'avr', 'aprile', 'απρ', 'aprilis', 'апреля', 'апр'],
  ['may', 'mayo', 'mai', 'maggio', 'mag', 'maio', 'μαι', 'μαϊ', 'maj', 'majus', 'мая', 'май'],
  ['june', 'jun', 'junio', 'juin', 'juni', 'giugno', 'giu', 'junho', 'ιουν', 'ιον', 'junius', 'июня', 'июн'],
  ['july', 'jul', 'julio', 'juillet', 'juil', 'juli', 'luglio', 'lug', 'julho', 'ιουλ', 'ιολ', 'julius', 'июля', 'июл'],
  ['august', 'aug', 'agosto', 'ago', 'aout', 'αυγ', 'augusztus', 'августа', 'авг'],
  ['september', 'sept', 'sep', 'septiembre', 'setiembre', 'set', 'septembre', 'settembre', 'setembro', 'σεπ', 'σεπτ', 'szeptember', 'сентября', 'сен'],
  ['october', 'oct', 'octubre', 'octobre', 'oktober', 'okt', 'ottobre', 'ott', 'outubro', 'out', 'οκτ', 'oktober', 'октября', 'окт'],
  ['november', 'nov', 'noviembre', 'novembre', 'novembro', 'νοε', 'νοεμ', 'ноября', 'ноя'],
  ['december', 'dec', 'diciembre', 'dic', 'decembre', 'dezember', 'dez', 'dicembre', 'dezembro', 'δεκ', 'december', 'декабря', 'дек'],
];

/** Month word → 1..12. */
export const monthByWord: ReadonlyMap<string, number> = new Map(monthSpellings.flatMap((words, index) => words.map((word) => [word, index + 1] as const)));

/** Zone word → minutes east of Greenwich. North American zones as RFC 822 and RFC 5322 give them, plus those of the field's sources. */
export const offsetByZone: ReadonlyMap<string, number> = new Map(
  Object.entries({
    z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, zulu: 0,
    est: -300, edt: -240, et: -300, cst: -360, cdt: -300, ct: -360, mst: -420, mdt: -360, mt: -420, pst: -480, pdt: -420, pt: -480,
    ast: -240, at: -240, adt: -180, nst: -210, ndt: -150, akst: -540, akdt: -480, hst: -600,
    hne: -300, hae: -240, hnc: -360, hac: -300, hnr: -420, har: -360, hnp: -480, hap: -420,
    bst: 60, ist: 330, wat: 60, west: 60, cet: 60, cest: 120, met: 60, mest: 120, mez: 60, mesz: 120, eet: 120, eest: 180, msk: 180, msd: 240,
    brt: -180, art: -180, clt: -240, cot: -300, pet: -300, jst: 540, kst: 540, hkt: 480, sgt: 480, aest: 600, aedt: 660, acst: 570, awst: 480, nzst: 720, nzdt: 780,
  }),
);

export const afternoonWords: ReadonlySet<string> = new Set(['pm', 'p', '오후']);
export const morningWords: ReadonlySet<string> = new Set(['am', 'a', '오전']);

/** Words that stand in dates and add nothing. */
export const fillerWords: ReadonlySet<string> = new Set([
  ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'mon', 'tue', 'tues', 'wed', 'weds', 'thu', 'thur', 'thurs', 'fri', 'sat', 'sun'],
  ...['lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado', 'domingo', 'lun', 'mar', 'mie', 'jue', 'vie', 'sab', 'dom'],
  ...['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche', 'mer', 'jeu', 'ven', 'sam', 'dim'],
  ...['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonntag', 'mo', 'di', 'mi', 'do', 'fr', 'sa', 'so'],
  ...['κυρ', 'δευ', 'τρι', 'τετ', 'πεμ', 'παρ', 'σαβ'],
  ...['de', 'del', 'le', 'el', 'la', 'a', 'at', 'on', 'las', 'the', 'of', 'y', 'et', 'um', 'uhr', 'hrs', 'hours', 'horas', 'h', 'o\'clock', '-', 't'],
]);
