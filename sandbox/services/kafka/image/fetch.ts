import { fetchKafka } from '#sandbox/services/kafka/software.ts';
import { SOFTWARE } from '#sandbox/services/software-paths.ts';
import { FETCHING, place, placeJava } from '#sandbox/services/training/fetch.ts';

await place(await fetchKafka(FETCHING), SOFTWARE.kafka.jars);
await placeJava();
