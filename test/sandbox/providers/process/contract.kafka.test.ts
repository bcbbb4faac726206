import { readConfig } from '#sandbox/config.ts';
import { openProcessProvider } from '#sandbox/providers/process/provider.ts';
import { describeProvider } from '../../provider-contract.ts';

describeProvider('process', () => openProcessProvider(readConfig()));
