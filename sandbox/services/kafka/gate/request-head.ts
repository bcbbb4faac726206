import { Refusal } from './refusal.ts';

/** The start of a request on the wire. Its length does not count the four bytes that announce it. */
export interface RequestHead {
  bytes: number;
  apiKey: number;
  apiVersion: number;
}

export const HEAD_BYTES = 8;
export const LENGTH_BYTES = 4;
/** Kind, version and correlation id: without these it is no request. */
const LEAST_BYTES = 8;

/** @throws Refusal when no request can be so short */
export function parseHead(head: Buffer): RequestHead {
  const bytes = head.readInt32BE(0);
  if (bytes < LEAST_BYTES) throw new Refusal(`a request announces ${bytes} bytes`);
  return { bytes, apiKey: head.readInt16BE(4), apiVersion: head.readInt16BE(6) };
}
