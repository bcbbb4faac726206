import { readConfig } from '#sandbox/config.ts';
import { openDockerProvider } from '#sandbox/providers/docker/provider.ts';
import { describeProvider } from '../../provider-contract.ts';

describeProvider('docker', () => openDockerProvider({ config: readConfig(), onProgress: console.log }));
