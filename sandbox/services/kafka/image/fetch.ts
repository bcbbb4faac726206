import { FETCHING, placeJava } from '#sandbox/services/builder/fetch.ts';
import { place } from '#sandbox/services/builder/place.ts';
import { fetchKafka, kafka } from '#sandbox/services/kafka/software.ts';

await place(await fetchKafka(FETCHING), kafka.inImage.jars);
await placeJava();
