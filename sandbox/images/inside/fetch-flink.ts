import { fetchFlink } from '#sandbox/artifacts/flink.ts';
import { SOFTWARE } from '#sandbox/images/software-paths.ts';
import { FETCHING, place, placeJava } from './fetch.ts';

await placeJava();
const { jars, gate } = await fetchFlink(SOFTWARE.flink.java, FETCHING);
await place(jars, SOFTWARE.flink.jars);
await place(gate, '/opt/gate-classes');
