import type { Language } from '#sandbox/languages/contract/language.ts';

/** The message of a run whose service ended, which is a Streamwright error. */
export function lostInWords(service: string, { words }: Pick<Language, 'words'>): string {
  const { running, written } = words;
  return `${service} ended while ${running} was running, and restarts automatically. ${written[0]?.toUpperCase()}${written.slice(1)} is not the cause: run it again.`;
}
