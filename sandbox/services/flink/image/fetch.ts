import { fetchFlink } from '#sandbox/services/flink/software.ts';
import { SOFTWARE } from '#sandbox/services/software-paths.ts';
import { FETCHING, place, placeJava } from '#sandbox/services/training/fetch.ts';

await placeJava();
const { jars, gate } = await fetchFlink(SOFTWARE.flink.java, FETCHING);
await place(jars, SOFTWARE.flink.jars);
await place(gate, '/opt/gate-classes');
