import { describe, expect, it } from 'vitest';
import { storableText } from '@tradewatch/database';
import { storableJson } from './storable-text.ts';

describe('storable text', () => {
  it('has NUL and lone surrogates replaced one for one, and nothing else', () => {
    expect(storableText('a\0b\uD800c\uDC00')).toBe('a\uFFFDb\uFFFDc\uFFFD');
    expect(storableText('ñ 😀 \u0001')).toBe('ñ 😀 \u0001');
  });

  it('is what every string in JSON becomes', () => {
    const value = { 'k\0': ['\uD800', { deep: 'x\0' }], plain: '😀', number: 1.5, none: null, yes: true };
    expect(JSON.parse(storableJson(value))).toEqual({ 'k\uFFFD': ['\uFFFD', { deep: 'x\uFFFD' }], plain: '😀', number: 1.5, none: null, yes: true });
    expect(JSON.parse(storableJson({ text: String.raw`\u0000 \ud800` }))).toEqual({ text: String.raw`\u0000 \ud800` });
  });
});
