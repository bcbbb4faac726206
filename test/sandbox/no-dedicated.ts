/** Where no lesson needs a Kafka of its own. */
export const noDedicated = {
  take: async (): Promise<never> => {
    throw new Error('a Kafka of its own was asked for');
  },
};
