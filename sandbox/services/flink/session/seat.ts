import type { Endpoint } from '#sandbox/providers/provider.ts';
import { connectFlinkGateway, type FlinkGateway } from '#sandbox/services/flink/client/gateway.ts';
import { connectFlinkJobs, type FlinkJobs } from '#sandbox/services/flink/client/jobs.ts';
import type { Flink } from '#sandbox/services/flink/flink.ts';

/** A Flink JVM with clients for it. */
export interface FlinkSeat {
  readonly flink: Flink;
  /** The broker that its tables are on. */
  readonly broker: Endpoint;
  readonly gateway: FlinkGateway;
  readonly jobs: FlinkJobs;
  /** Returns whether the JVM has ended, on its own or because it stopped responding: return the seat and take a different one. */
  broken(): boolean;
  /** Ends a JVM that no longer does what it is told. */
  discard(): void;
}

/** A seat whose `end` stops the JVM and closes its clients' connections. */
export interface OwnedSeat extends FlinkSeat {
  end(): Promise<void>;
}

/** @param onFault called with the error when ending the JVM fails */
export function seatOf(flink: Flink, broker: Endpoint, onFault: (error: unknown) => void): OwnedSeat {
  const gateway = connectFlinkGateway(flink.gateway);
  const jobs = connectFlinkJobs(flink.rest);
  let broken = false;
  const end = async (): Promise<void> => {
    broken = true;
    gateway[Symbol.dispose]();
    jobs[Symbol.dispose]();
    await flink[Symbol.asyncDispose]();
  };
  flink.ended.then(() => {
    broken = true;
  }, onFault);
  return {
    ...{ flink, broker, gateway, jobs, end },
    broken: () => broken,
    discard() {
      if (!broken) end().catch(onFault);
    },
  };
}
