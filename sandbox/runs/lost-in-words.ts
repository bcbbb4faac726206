import type { Language } from '#sandbox/languages/contract/language.ts';

/** What a learner is told when a service ended under a run, which is our fault. */
export function lostInWords(service: string, { words }: Pick<Language, 'words'>): string {
  const { running, written } = words;
  return `${service} ended while ${running} ran and is started again. This is no fault of ${written}: run it again.`;
}
