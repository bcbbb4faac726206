import type { Random } from './random.ts';

const FIRST = [
  'Amara',
  'Bruno',
  'Clara',
  'Dev',
  'Elena',
  'Farid',
  'Grace',
  'Hugo',
  'Ines',
  'Jonas',
  'Keiko',
  'Liam',
  'Maya',
  'Noor',
];
const LAST = [
  'Adeyemi',
  'Berg',
  'Costa',
  'Duarte',
  'Evans',
  'Fischer',
  'Garcia',
  'Haddad',
  'Ito',
  'Jensen',
  'Kaur',
  'Lopez',
  'Moreau',
];

/** Names with more UTF-8 bytes than characters: combining marks, right-to-left script, an emoji and quotes among them. */
const FROM_EVERYWHERE = [
  'Zoë Müller',
  'Łukasz Żak',
  '王小明',
  'Нина Петрова',
  'محمد علي',
  "Siobhán O'Neill",
  'Jose\u0301 “Pepe” Ruiz',
  'आरव शर्मा',
  'Ana 🚲 Sá',
];

/** Names that lose something, or become another's, where text is trimmed, folded, normalised or not written as UTF-8. */
export const FRAGILE_NAMES = [
  'Jose\u0301 “Pepe” Ruiz',
  'Zoë Müller',
  'Zoé Müller',
  'Zoe Muller',
  'ZOË MÜLLER',
  'Łukasz Żak',
  '王小明',
  'محمد علي',
  'Ana 🚲 Sá',
  "Siobhán O'Neill",
  '  Dev Ito ',
  'Ines  Costa',
] as const;

/** Returns a customer's name. Edge cases survive only when text is written as UTF-8. */
export function drawName(random: Random, edgeCases: boolean): string {
  if (edgeCases && random.int(1, 3) === 1) return random.pick(FROM_EVERYWHERE);
  return `${random.pick(FIRST)} ${random.pick(LAST)}`;
}

/** Returns a name that neither ASCII nor Latin-1 can encode. */
export function drawForeignName(random: Random): string {
  return random.pick(FROM_EVERYWHERE.filter(isBeyondLatin1));
}

export function isBeyondLatin1(text: string): boolean {
  return [...text].some((character) => (character.codePointAt(0) ?? 0) > 0xff);
}
