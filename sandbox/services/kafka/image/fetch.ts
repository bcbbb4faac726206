import { FETCHING, installJava } from '#sandbox/services/builder/fetch.ts';
import { install } from '#sandbox/services/builder/install.ts';
import { fetchKafka, kafka } from '#sandbox/services/kafka/software.ts';

await install(await fetchKafka(FETCHING), kafka.inImage.jars);
await installJava();
