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

/** Names that neither ASCII nor Latin-1 can encode: combining marks, right-to-left script, an emoji and quotes among them. */
const FOREIGN_NAMES = ['Łukasz Żak', '王小明', 'Нина Петрова', 'محمد علي', 'Jose\u0301 “Pepe” Ruiz', 'आरव शर्मा', 'Ana 🚲 Sá'];

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

/** Returns a customer's name in ASCII. */
export function drawName(random: Random): string {
  return `${random.pick(FIRST)} ${random.pick(LAST)}`;
}

/** Returns a name that neither ASCII nor Latin-1 can encode. */
export function drawForeignName(random: Random): string {
  return random.pick(FOREIGN_NAMES);
}

export function isBeyondLatin1(text: string): boolean {
  return [...text].some((character) => (character.codePointAt(0) ?? 0) > 0xff);
}
