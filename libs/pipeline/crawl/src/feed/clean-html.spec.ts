import fc from 'fast-check';
import sanitizeHtml from 'sanitize-html';
import { describe, expect, it } from 'vitest';
import { plainLine, sanitizeMarkup, textOfMarkup, unescapeTwice } from './clean-html.ts';
import { sanitizePlainMarkup } from './plain-markup.ts';

describe('sanitising markup', () => {
  it.each([
    ['<p onclick="x()">a</p>', '<p>a</p>'],
    ['a<script>alert(1)</script>b', 'ab'],
    ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href=" java\nscript:alert(1)">a</a>', '<a>a</a>'],
    ['<img src=x onerror=alert(1)>', '<img src="x" />'],
    ['<img src="data:text/html,x">', '<img />'],
    ['<iframe src="https://evil.example"></iframe>a', 'a'],
    ['<style>p{}</style><p style="background:url(x)">a</p>', '<p>a</p>'],
    ['<svg><script>alert(1)</script></svg>a', 'a'],
    ['<div><p>unclosed', '<div><p>unclosed</p></div>'],
    ['<font color="red">a</font>', 'a'],
    ['1 < 2 & 3', '1 &lt; 2 &amp; 3'],
    ['a<!-- open > b', 'a b'],
  ])('turns %j into %j', (html, expected) => expect(sanitizeMarkup(html)).toBe(expected));

  it('makes links and images absolute', () => {
    expect(sanitizeMarkup('<a href="/b?x=1">b</a><img src="c.png">', 'https://example.com/a/')).toBe('<a href="https://example.com/b?x=1">b</a><img src="https://example.com/a/c.png" />');
  });

  it('keeps the text of markup that nests absurdly deep, in linear time', () => {
    expect(sanitizeMarkup(`${'<b>'.repeat(100_000)}deep`)).toBe('deep');
  });

  it('gives by its short way what the library gives', () => {
    const library = (html: string): string => sanitizeHtml(html, {
      allowedTags: ['a', 'b', 'i', 'em', 'strong', 'p', 'div', 'span', 'ul', 'ol', 'li', 'blockquote', 'br', 'h2', 'h3', 'h4', 'img', 'hr', 'figure', 'figcaption', 'pre', 'sup', 'code'],
      allowedAttributes: { a: ['href', 'title'], img: ['src', 'alt', 'title', 'width', 'height'] }, allowedSchemes: ['http', 'https', 'mailto'], enforceHtmlBoundary: false,
    });
    const piece = fc.constantFrom('<p>', '</p>', '<br>', '<br/>', '<b>', '</b>', '<ul>', '<li>', '</li>', '</ul>', '<div class="x">', '</div>', '<font color="#6f6f6f">', '</font>',
      '<a href="https://example.com/a?b=c">', '<a href="javascript:x">', '<a target="_blank" href="http://e.com/">', '</a>', '<h2>', '</h2>', '<hr>', '<hr/>', '<figure>', '</figure>', '<figcaption>', '</figcaption>', '<pre>', '</pre>', '<sup>', '</sup>',
      '<img src="https://e.com/a.jpg?x=1&amp;y=2" alt="é — x" width="10" loading="lazy">', '<img alt="" src="http://e.com/b.png" />', '<img src="/relative.png">', '<img src="https://e.com/a.jpg" onerror="x">', '<a href="https://e.com/?a=1&amp;b=2" title="t" class="c">', '&eacute;', '&#8217;', '&#x201c;', '&#60;', '&amp;amp;', '&amp;', '&nbsp;', '&lt;', '&#39;', '&bogus;', 'text ', '> ', '< ', 'é—“x”', '<span style="a">', '</span>', '<i>', '</i>');
    let compared = 0;
    fc.assert(fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const html = pieces.join('');
      const short = sanitizePlainMarkup(html);
      if (short === undefined) return;
      compared += 1;
      expect(short).toBe(library(html));
    }), { numRuns: 6000 });
    expect(compared).toBeGreaterThan(300);
  });
});

describe('text of markup', () => {
  it('separates paragraphs by a blank line and puts list items on lines of their own', () => {
    expect(textOfMarkup(sanitizeMarkup('<p>One  two</p><p>Three<br>four</p><ul><li>a</li><li>b</li></ul>'))).toBe('One two\n\nThree\nfour\n\na\n\nb');
  });

  it('decodes entities once', () => {
    expect(textOfMarkup(sanitizeMarkup('<p>AT&amp;amp;T &lt;b&gt;</p>'))).toBe('AT&amp;T <b>');
  });
});

describe('a title', () => {
  it.each([
    ['Tariffs &amp; quotas', 'Tariffs & quotas'],
    ['<b>Bold</b> move', 'Bold move'],
    ['&lt;b&gt;Bold&lt;/b&gt; move', 'Bold move'],
    ['Duty < 5 % and > 2 %', 'Duty < 5 % and > 2 %'],
    ['  two\n lines ', 'two lines'],
    ['a\u0008b', 'ab'],
  ])('is one line of plain text: %j', (html, expected) => expect(plainLine(html)).toBe(expected));

  it('unescapes markup that was escaped twice, and leaves talk about markup alone', () => {
    expect(unescapeTwice('&lt;p&gt;a&lt;/p&gt;')).toBe('<p>a</p>');
    expect(unescapeTwice('use &lt; and &gt;')).toBe('use &lt; and &gt;');
  });
});
