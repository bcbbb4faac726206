import type { Software, SoftwareName } from '#sandbox/providers/provider.ts';

/** Where the images hold what services are made of. An image of your own must hold the same. */
export const SOFTWARE = {
  kafka: { java: '/opt/java/bin/java', jars: '/opt/kafka', aotCache: '/opt/kafka.aot' },
  flink: { java: '/opt/java/bin/java', jars: '/opt/flink', gate: '/opt/gate/gate.jar' },
} as const satisfies Record<SoftwareName, Software>;
