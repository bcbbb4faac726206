import type { LanguageName } from '#lessons/languages.ts';
import type { Language } from './contract/language.ts';
import { flinkSql } from './flink-sql/language.ts';
import { typescript } from './typescript/language.ts';

/** Every language by its name in `exercise.yaml`. */
export type Languages = Readonly<Record<LanguageName, Language>>;

export const languages: Languages = {
  ts: typescript,
  'flink-sql': flinkSql,
};
