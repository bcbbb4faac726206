import { fetchKafka } from '#sandbox/artifacts/kafka.ts';
import { SOFTWARE } from '#sandbox/images/software-paths.ts';
import { FETCHING, place, placeJava } from './fetch.ts';

await place(await fetchKafka(FETCHING), SOFTWARE.kafka.jars);
await placeJava();
