import { languages } from '#lessons/languages.ts';
import type { Language } from '../contract/language.ts';
import { earlyHint, explainOutput } from './explain-output.ts';
import { readOnlyFiles } from './program-files.ts';
import { startTypescript } from './start.ts';

/** Programs that Node runs in a workspace. */
export const typescript: Language = {
  ...languages.ts,
  needs: ['workspace'],
  ownKeys: [],
  check: ({ services }) => (services.includes('flink') ? 'services: expected only kafka for ts, found flink' : null),
  readOnlyFiles,
  start: startTypescript,
  help: null,
  output: { explain: explainOutput, early: earlyHint },
  words: { running: 'your program', written: 'your program' },
};
