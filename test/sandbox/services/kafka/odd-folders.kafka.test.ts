import { expect, test } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { startBroker } from '#sandbox/services/kafka/broker.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';
import { ODD_FOLDERS, openOddHome } from '../odd-folders.ts';

test.each(ODD_FOLDERS)(
  'a broker starts and keeps records in a home named %s',
  async (name) => {
    await using odd = await openOddHome(name);
    await using broker = await startBroker({ config: { ...readConfig(), home: odd.home }, dir: odd.dir, provider: odd.provider });
    await using kafka = connectKafka({ endpoint: broker.endpoint, ...broker.admin });
    await kafka.createTopics([{ name: 'kept', partitions: 1 }]);
    await kafka.produce('kept', [{ value: name }]);
    expect((await kafka.readAll('kept')).map(({ value }) => String(value))).toEqual([name]);
  },
  90_000,
);
