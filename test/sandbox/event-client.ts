import { type ClientRequest, request as httpRequest } from 'node:http';
import { cookieOf } from './test-server.ts';

export interface SeenEvent {
  id: string;
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  data: any;
}

/** Reads an event stream as a browser does, but for coming back by itself. */
export async function listenTo({ url, token }: { url: string; token: string }, query = '', lastEventId?: string) {
  const events: SeenEvent[] = [];
  let closed = false;
  let request: ClientRequest | undefined;
  await new Promise<void>((resolve, reject) => {
    const headers = { cookie: cookieOf(token), ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
    request = httpRequest(`${url}/api/events${query}`, { headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
        const frames = text.split('\n\n');
        text = frames.pop() ?? '';
        events.push(...frames.flatMap(parse));
        resolve();
      });
      response.on('close', () => {
        closed = true;
      });
    });
    request.on('error', reject);
    request.end();
  });
  return { events, isClosed: () => closed, close: () => request?.destroy() };
}

function parse(frame: string): SeenEvent[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1];
  const data = field('data');
  return data === undefined ? [] : [{ id: field('id') ?? '', type: field('event') ?? '', data: JSON.parse(data) }];
}
