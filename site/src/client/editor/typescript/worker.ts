import { initialize } from 'monaco-editor/languages/features/typescript/ts.worker.js';
import { NodeTypeScriptWorker } from './node-worker.ts';

self.onmessage = () => initialize((context, data) => new NodeTypeScriptWorker(context, data));
