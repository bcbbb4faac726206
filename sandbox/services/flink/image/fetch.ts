import { FETCHING, installJava } from '#sandbox/services/builder/fetch.ts';
import { install } from '#sandbox/services/builder/install.ts';
import { fetchFlink, flink } from '#sandbox/services/flink/software.ts';

await installJava();
const { jars, gate } = await fetchFlink(flink.inImage.java, FETCHING);
await install(jars, flink.inImage.jars);
await install(gate, '/opt/gate-classes');
