/**
 * The output of an engine while it builds, pulls or imports: JSON objects, one per line.
 */
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

const eventSchema = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string().optional() }).optional(),
});

const LAST_LINES = 20;

/** An engine gave up. The message is its own; `lastLines` is the output of it and of its commands before that. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  readonly lastLines: string;

  constructor(message: string, lastLines: string) {
    super(message);
    this.lastLines = lastLines;
  }
}

/**
 * Reads an engine's stream to its end.
 * @param onLine called with each line of output or status
 * @throws EngineFailure when the engine reports a failure
 */
export async function readEngineStream(stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<void> {
  const said: string[] = [];
  for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!text.trim()) continue;
    const event = eventSchema.parse(JSON.parse(text));
    for (const line of stripVTControlCharacters(event.stream ?? event.status ?? '').split('\n')) {
      if (!line.trim()) continue;
      said.push(line);
      if (said.length > LAST_LINES) said.shift();
      onLine(line);
    }
    const failure = event.errorDetail?.message ?? event.error;
    if (failure) throw new EngineFailure(failure, said.join('\n'));
  }
}
