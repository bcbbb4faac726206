/**
 * How large compressed records become in the broker, which inflates whatever it receives.
 */
import { constants, createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';
import { lz4MaxSize } from '#sandbox/services/kafka/client/lz4-size.ts';
import { Refusal } from './refusal.ts';
import { snappySize } from './snappy-size.ts';

const GZIP = 1;
const SNAPPY = 2;
const LZ4 = 3;
const ZSTD = 4;

const CHUNK_BYTES = 64 * 1024;
/** The broker allocates a zstd frame's window before it reads the frame; level 19 takes 8 MB. */
const MOST_WINDOW_BITS = 23;

/**
 * Returns the inflated size of compressed records, in bytes. Inflates gzip and zstd, outside the event loop, and keeps nothing of it.
 * @throws Refusal when it is more than `mostBytes`, or the data are not what they say
 */
export async function inflatedSize(compression: number, data: Buffer, mostBytes: number): Promise<number> {
  switch (compression) {
    case GZIP:
      return inflate(createGunzip({ chunkSize: CHUNK_BYTES }), data, mostBytes);
    case ZSTD:
      return inflate(
        createZstdDecompress({ chunkSize: CHUNK_BYTES, params: { [constants.ZSTD_d_windowLogMax]: MOST_WINDOW_BITS } }),
        data,
        mostBytes,
      );
    case SNAPPY:
      return atMost(snappySize(data), mostBytes);
    case LZ4:
      return atMost(lz4MaxSize(data), mostBytes);
    default:
      throw new Refusal(`records are compressed by method ${compression}, which does not exist`);
  }
}

async function inflate(inflating: Gunzip | ZstdDecompress, data: Buffer, mostBytes: number): Promise<number> {
  let size = 0;
  try {
    inflating.end(data);
    for await (const chunk of inflating) {
      size += (chunk as Buffer).length;
      atMost(size, mostBytes);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`compressed records cannot be inflated: ${error instanceof Error ? error.message : error}`);
  }
  // The broker goes on behind the end of the first stream, where this does not.
  if (inflating.bytesWritten !== data.length) throw new Refusal('compressed records continue behind their end');
  return size;
}

function atMost(size: number, mostBytes: number): number {
  if (size > mostBytes) throw new Refusal(`compressed records inflate to more than ${mostBytes} bytes`);
  return size;
}
