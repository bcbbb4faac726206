import { PlatformError } from '#sandbox/errors.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';

const TOPICS = ['run', 'submission', 'lens'];
/** Events whose type does not begin with their topic. */
const TOPIC_OF_FAMILY: Readonly<Record<string, string>> = { check: 'submission', sql: 'run' };

/** What an event is about: `run` and the id of the run. */
export interface EventTopic {
  name: string;
  id: string | undefined;
}

/**
 * Turns `run,submission:ID,lens` into a test of what an event is about.
 *
 * @throws PlatformError INVALID_INPUT naming the topics that exist
 */
export function eventFilter(topics: string): (topic: EventTopic) => boolean {
  const wanted = topics.split(',').map((topic) => {
    const [name = '', id] = topic.split(':');
    if (TOPICS.includes(name)) return { name, id };
    throw new PlatformError('INVALID_INPUT', {
      message: `querystring.topics: unknown topic "${name.slice(0, 40)}"`,
      hint: `Use any of ${TOPICS.join(', ')}, each with or without an id: run:ID.`,
    });
  });
  return ({ name, id }) => wanted.some((topic) => topic.name === name && (topic.id === undefined || topic.id === id));
}

export function topicOf(event: ServerEvent): EventTopic {
  const family = event.type.split('.')[0] ?? '';
  const name = TOPIC_OF_FAMILY[family] ?? family;
  if ('runId' in event) return { name, id: event.runId };
  return { name, id: 'submissionId' in event ? event.submissionId : undefined };
}
