// From bytes to text. Declarations lie, so the bytes are asked first: a byte order mark, then strict UTF-8, then what HTTP or the XML
// declaration says, and windows-1252 (which accepts anything) last, as in browsers.
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { decodeEbcdic, looksLikeEbcdic } from './ebcdic.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
  /** What was declared turned out not to be what the bytes are. */
  readonly declaredWrongly: boolean;
}

/** Encodings whose bytes are valid ASCII and mean something else: strict UTF-8 would accept them. */
const sevenBit = /^(?:iso-?2022|hz|utf-?7|csiso2022|x-hz)/i;
const declarationWindow = 1024;

/** Decodes a document whose encoding may be declared by HTTP (`contentType`), by itself, both, wrongly or not at all. */
export function decodeBytes(bytes: Uint8Array, contentType?: string): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (looksLikeEbcdic(buffer)) return { text: decodeEbcdic(buffer), encoding: 'ebcdic', declaredWrongly: false };
  const marked = byMark(buffer) ?? byPattern(buffer);
  if (marked) return { text: iconv.decode(buffer, marked, { stripBOM: true }), encoding: marked, declaredWrongly: false };
  const declared = [httpCharset(contentType), ...selfDeclared(buffer)].map(knownName).filter((name) => name !== undefined);
  const escaped = declared.find((name) => sevenBit.test(name));
  if (escaped && (buffer.includes(0x1b) || buffer.includes('~{') || /^utf-?7/i.test(escaped))) {
    return { text: iconv.decode(buffer, escaped), encoding: escaped, declaredWrongly: false };
  }
  if (isUtf8(buffer)) return { text: withoutC1(buffer.toString('utf8'), buffer.length), encoding: 'utf-8', declaredWrongly: false };
  return decodeLegacy(buffer, declared);
}

const c1 = /[\u0080-\u009f]/;

/** C1 control characters in UTF-8 are windows-1252 punctuation that went through a wrong conversion (HTML reads `&#146;` the same way). */
function withoutC1(text: string, byteLength: number): string {
  if (text.length === byteLength || !c1.test(text)) return text;
  return text.replace(/[\u0080-\u009f]/g, (character) => iconv.decode(Buffer.from([character.charCodeAt(0)]), 'windows-1252'));
}

function decodeLegacy(buffer: Buffer, declared: readonly string[]): DecodedText {
  for (const name of declared) {
    if (isUnicode(name)) continue;
    // ISO-8859-1 means windows-1252 on the web (WHATWG Encoding Standard).
    const actual = /^(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$/i.test(name) ? 'windows-1252' : name;
    const text = iconv.decode(buffer, actual);
    if (!text.includes('\uFFFD')) return { text, encoding: actual, declaredWrongly: false };
  }
  const lenient = declared.find((name) => !isUnicode(name));
  if (lenient) return { text: iconv.decode(buffer, lenient), encoding: lenient, declaredWrongly: true };
  // A few broken bytes in what is otherwise UTF-8 are better replaced than all of it misread.
  const repaired = buffer.toString('utf8');
  if (isMostlyUtf8(buffer, repaired)) return { text: repaired, encoding: 'utf-8', declaredWrongly: true };
  return { text: iconv.decode(buffer, 'windows-1252'), encoding: 'windows-1252', declaredWrongly: true };
}

const aliases: Readonly<Record<string, string>> = { maccentraleurope: 'maccenteuro', maclatin2: 'maccenteuro', cpis: 'cp861', ansi: 'windows-1252' };

/** The name iconv-lite has for an encoding, or undefined where it has none. */
function knownName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const known = aliases[name.toLowerCase().replace(/[-_]/g, '')] ?? name;
  return iconv.encodingExists(known) ? known : undefined;
}

function isUnicode(name: string): boolean {
  return /^(?:utf|ucs|unicode|u8|u16|u32)/i.test(name);
}

/** More multi-byte sequences that decode than bytes that do not. */
function isMostlyUtf8(buffer: Buffer, repaired: string): boolean {
  let broken = 0;
  let good = 0;
  for (let index = 0; index < repaired.length; index += 1) {
    const code = repaired.charCodeAt(index);
    if (code === 0xfffd) broken += 1;
    else if (code > 0x7f) good += 1;
  }
  return buffer.length > 0 && good > broken * 4;
}

function byMark(buffer: Buffer): string | undefined {
  if (buffer.length >= 4 && buffer.readUInt32BE(0) === 0x0000feff) return 'utf-32be';
  if (buffer.length >= 4 && buffer.readUInt32LE(0) === 0x0000feff) return 'utf-32le';
  if (buffer.length >= 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return 'utf-8';
  if (buffer.length >= 2 && buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
  if (buffer.length >= 2 && buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  return undefined;
}

/** Wide encodings without a mark, told by where the zero bytes of the first "<" stand (XML 1.0, appendix F). */
function byPattern(buffer: Buffer): string | undefined {
  const [a, b, c, d] = buffer;
  if (buffer.length < 4) return undefined;
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return 'utf-32be';
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b === 0x3c && c === 0) return 'utf-16be';
  if (a === 0x3c && b === 0 && d === 0) return 'utf-16le';
  return undefined;
}

function httpCharset(contentType: string | undefined): string | undefined {
  return /charset\s*=\s*["']?\s*([\w.:+-]+)/i.exec(contentType?.slice(0, 300) ?? '')?.[1];
}

function selfDeclared(buffer: Buffer): (string | undefined)[] {
  const head = buffer.toString('latin1', 0, declarationWindow);
  const xml = /<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:+-]+)/i.exec(head)?.[1];
  const html = xml === undefined ? /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:+-]+)/i.exec(head)?.[1] : undefined;
  return [xml, html];
}
