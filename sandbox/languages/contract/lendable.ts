/** What is lent to one learner, or to one submission, at a time. */
export const lendable = ['workspace', 'flink'] as const;

export type Lendable = (typeof lendable)[number];
