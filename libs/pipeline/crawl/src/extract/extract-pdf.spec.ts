import { describe, expect, it } from 'vitest';
import { extractPdf } from './extract-pdf.ts';

interface PdfLine {
  readonly text: string;
  readonly y: number;
  readonly x?: number;
  readonly size?: number;
}

/** A PDF with these lines on its pages, written by hand. */
function pdf(pages: readonly (readonly PdfLine[])[], info = ''): Buffer {
  const objects: string[] = ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')}] >>`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'];
  for (const [index, lines] of pages.entries()) {
    const stream = lines.map(({ text, y, x = 72, size = 10 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`).join('\n');
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`, `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  objects.push(`<< ${info} >>`);
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${body.length}\n%%EOF`, 'latin1');
}

const now = new Date('2026-07-20T12:00:00Z');

describe('a notice as PDF', () => {
  const subjects = ['', 'steel plates', 'copper wire', 'softwood lumber', 'passenger cars'];
  const page = (number: number): PdfLine[] => [
    { text: `Federal Bulletin / Vol. 91 / Page ${1000 + number}`, y: 760, size: 8 },
    ...(number === 1 ? [{ text: 'Duties on Steel Products', y: 720, size: 18 }] : []),
    { text: `Section ${number}. The additional duty applies to ${subjects[number]} entered for con-`, y: 690 }, { text: 'sumption on or after the effective date, as the annex describes.', y: 678 },
    { text: `Importers of ${subjects[number]} declare the new subheading, and keep the certificate`, y: 654 }, { text: `of the mill for ${subjects[number]} for five years from the date of entry (see the annex).`, y: 642 },
    { text: `${1000 + number}`, y: 40, size: 8 },
  ];
  const bytes = pdf([page(1), page(2), page(3), page(4)], "/Author (Trade Office) /CreationDate (D:20260701090000-04'00')");

  it('gives title, author, date and paragraphs, without what every page repeats', async () => {
    const article = await extractPdf(bytes, { url: 'https://gov.example/n.pdf', now });
    expect(article).toMatchObject({ title: 'Duties on Steel Products', byline: 'Trade Office', published: '2026-07-01T13:00:00.000Z', canonicalUrl: 'https://gov.example/n.pdf', quality: { verdict: 'article' } });
    expect(article.text).not.toContain('Federal Bulletin');
    expect(article.text.split('\n\n')).toContain('Section 2. The additional duty applies to copper wire entered for consumption on or after the effective date, as the annex describes.');
    expect(article.text.split('\n\n')).toContain('Importers of softwood lumber declare the new subheading, and keep the certificate of the mill for softwood lumber for five years from the date of entry (see the annex).');
  });

  it('leaves the bytes it was given as they were', async () => {
    const copy = Uint8Array.from(bytes);
    await extractPdf(copy, { now });
    expect(Buffer.from(copy).equals(bytes)).toBe(true);
  });

  it('is empty where the pages are pictures', async () => {
    expect((await extractPdf(pdf([[]]), { now })).quality.verdict).toBe('empty');
  });

  it.each([['nothing', Buffer.alloc(0)], ['a web page', Buffer.from('<html></html>')], ['a PDF cut in half', bytes.subarray(0, 200)], ['noise', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256))]])('is unreadable or empty where the file is %s', async (_what, content) => {
    expect(['unreadable', 'empty']).toContain((await extractPdf(content, { now })).quality.verdict);
  });
});
