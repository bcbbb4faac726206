import { FETCHING, placeJava } from '#sandbox/services/builder/fetch.ts';
import { place } from '#sandbox/services/builder/place.ts';
import { fetchFlink, flink } from '#sandbox/services/flink/software.ts';

await placeJava();
const { jars, gate } = await fetchFlink(flink.inImage.java, FETCHING);
await place(jars, flink.inImage.jars);
await place(gate, '/opt/gate-classes');
