// EBCDIC, which iconv-lite leaves out. A table holds the characters of bytes 0x00 to 0xff (IBM code pages 037 and 875); 500 and 1140 differ from 037
// in a few places. Mainframes of customs services still write it.

const cp037 = [
  '\u0000\u0001\u0002\u0003\u009c\u0009\u0086\u007f\u0097\u008d\u008e\u000b\u000c\u000d\u000e\u000f\u0010\u0011\u0012\u0013\u009d\u0085\u0008\u0087\u0018\u0019\u0092\u008f\u001c\u001d\u001e\u001f',
  '\u0080\u0081\u0082\u0083\u0084\u000a\u0017\u001b\u0088\u0089\u008a\u008b\u008c\u0005\u0006\u0007\u0090\u0091\u0016\u0093\u0094\u0095\u0096\u0004\u0098\u0099\u009a\u009b\u0014\u0015\u009e\u001a',
  ' \u00a0\u00e2\u00e4\u00e0\u00e1\u00e3\u00e5\u00e7\u00f1\u00a2.<(+|&\u00e9\u00ea\u00eb\u00e8\u00ed\u00ee\u00ef\u00ec\u00df!$*);\u00ac',
  '-/\u00c2\u00c4\u00c0\u00c1\u00c3\u00c5\u00c7\u00d1\u00a6,%_>?\u00f8\u00c9\u00ca\u00cb\u00c8\u00cd\u00ce\u00cf\u00cc`:#@\u0027="',
  '\u00d8abcdefghi\u00ab\u00bb\u00f0\u00fd\u00fe\u00b1\u00b0jklmnopqr\u00aa\u00ba\u00e6\u00b8\u00c6\u00a4',
  '\u00b5~stuvwxyz\u00a1\u00bf\u00d0\u00dd\u00de\u00ae^\u00a3\u00a5\u00b7\u00a9\u00a7\u00b6\u00bc\u00bd\u00be[]\u00af\u00a8\u00b4\u00d7',
  '{ABCDEFGHI\u00ad\u00f4\u00f6\u00f2\u00f3\u00f5}JKLMNOPQR\u00b9\u00fb\u00fc\u00f9\u00fa\u00ff',
  '\u005c\u00f7STUVWXYZ\u00b2\u00d4\u00d6\u00d2\u00d3\u00d50123456789\u00b3\u00db\u00dc\u00d9\u00da\u009f',
].join('');

const cp500 = changed({ 0x4a: '[', 0x4f: '!', 0x5a: ']', 0x5f: '^', 0xb0: '\u00a2', 0xba: '\u00ac', 0xbb: '|' });
const cp1140 = changed({ 0x9f: '\u20ac' });

const cp875 = [
  '\u0000\u0001\u0002\u0003\u009c\u0009\u0086\u007f\u0097\u008d\u008e\u000b\u000c\u000d\u000e\u000f\u0010\u0011\u0012\u0013\u009d\u0085\u0008\u0087\u0018\u0019\u0092\u008f\u001c\u001d\u001e\u001f',
  '\u0080\u0081\u0082\u0083\u0084\u000a\u0017\u001b\u0088\u0089\u008a\u008b\u008c\u0005\u0006\u0007\u0090\u0091\u0016\u0093\u0094\u0095\u0096\u0004\u0098\u0099\u009a\u009b\u0014\u0015\u009e\u001a',
  ' \u0391\u0392\u0393\u0394\u0395\u0396\u0397\u0398\u0399[.<(+!&\u039a\u039b\u039c\u039d\u039e\u039f\u03a0\u03a1\u03a3]$*);^',
  '-/\u03a4\u03a5\u03a6\u03a7\u03a8\u03a9\u03aa\u03ab|,%_>?\u00a8\u0386\u0388\u0389\u00a0\u038a\u038c\u038e\u038f`:#@\u0027="',
  '\u0385abcdefghi\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u00b0jklmnopqr\u03b7\u03b8\u03b9\u03ba\u03bb\u03bc',
  '\u00b4~stuvwxyz\u03bd\u03be\u03bf\u03c0\u03c1\u03c3\u00a3\u03ac\u03ad\u03ae\u03ca\u03af\u03cc\u03cd\u03cb\u03ce\u03c2\u03c4\u03c5\u03c6\u03c7\u03c8',
  '{ABCDEFGHI\u00ad\u03c9\u0390\u03b0\u2018\u2015}JKLMNOPQR\u00b1\u00bd\u001a\u0387\u2019\u00a6',
  '\u005c\u001aSTUVWXYZ\u00b2\u00a7\u001a\u001a\u00ab\u00ac0123456789\u00b3\u00a9\u001a\u001a\u00bb\u009f',
].join('');

const tables: Readonly<Record<string, string>> = {
  '037': cp037, '039': cp037, us: cp037, ca: cp037, wt: cp037, nl: cp037, '500': cp500, be: cp500, ch: cp500, '1140': cp1140, '875': cp875,
};

/** Whether the bytes begin with "<?xm" in EBCDIC (XML 1.0, appendix F). */
export function looksLikeEbcdic(bytes: Uint8Array): boolean {
  return bytes[0] === 0x4c && bytes[1] === 0x6f && bytes[2] === 0xa7 && bytes[3] === 0x94;
}

/** Decodes by the code page the XML declaration names (its letters are the same in all of them), 037 where it names none that is known. */
export function decodeEbcdic(bytes: Uint8Array): string {
  const declared = /encoding\s*=\s*["'](?:cs)?(?:ibm|cp|ebcdic[-_]cp[-_]|ebcdic[-_])?-?(\w+)/i.exec(mapped(bytes.subarray(0, 200), cp037))?.[1]?.toLowerCase();
  return mapped(bytes, tables[declared ?? ''] ?? cp037);
}

function changed(differences: Readonly<Record<number, string>>): string {
  return Array.from(cp037, (character, code) => differences[code] ?? character).join('');
}

function mapped(bytes: Uint8Array, table: string): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    parts.push(Array.from(bytes.subarray(start, start + 8192), (byte) => table[byte]).join(''));
  }
  return parts.join('').replaceAll('\u0085', '\n');
}
