// Bodies are counted after decompression, chunk by chunk, so that a bomb costs one limit's worth of memory and no more.
import { Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { HttpError } from './http-error.ts';

const maxEncodings = 2;

/**
 * The whole decompressed body.
 * @throws HttpError `body-too-large`, `unsupported-encoding`; stream and zlib errors as they come
 */
export async function readBody(body: Readable, encodingHeader: string, maxBytes: number, url: string): Promise<Uint8Array> {
  const encodings = encodingHeader.toLowerCase().split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
  if (encodings.length > maxEncodings) throw unsupported(encodingHeader, url);
  try {
    let source: AsyncIterable<Uint8Array> = body;
    for (const encoding of encodings.reverse()) source = await decoded(source, encoding, url);
    return await collect(source, maxBytes, url);
  } finally {
    body.destroy();
  }
}

async function collect(source: AsyncIterable<Uint8Array>, maxBytes: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new HttpError({ code: 'body-too-large', message: `The response is larger than ${maxBytes} bytes`, retryable: false, url });
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}

/** Servers mislabel: "deflate" without the zlib header, and plain bytes called gzip. The first bytes decide, as in browsers. */
async function decoded(source: AsyncIterable<Uint8Array>, encoding: string, url: string): Promise<AsyncIterable<Uint8Array>> {
  const { head, whole } = await peek(source);
  if (head.length === 0) return whole;
  const decoder = decoderFor(encoding, head, url);
  if (!decoder) return whole;
  const input = Readable.from(whole);
  input.on('error', (error) => decoder.destroy(error));
  decoder.on('close', () => input.destroy());
  return input.pipe(decoder);
}

function decoderFor(encoding: string, head: Uint8Array, url: string): Transform | undefined {
  const [first = 0, second = 0] = head;
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return first === 0x1f && second === 0x8b ? createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }) : undefined;
    case 'deflate':
      return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
        ? createInflate({ finishFlush: constants.Z_SYNC_FLUSH })
        : createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH });
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    default:
      throw unsupported(encoding, url);
  }
}

async function peek(source: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, whole: whole() };
}

function unsupported(encoding: string, url: string): HttpError {
  return new HttpError({ code: 'unsupported-encoding', message: `The response is packed as "${encoding.slice(0, 60)}", which cannot be unpacked`, retryable: false, url });
}
