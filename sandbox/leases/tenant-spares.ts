import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import type { LeaseStack, PendingStack } from './pending-stack.ts';

/** Tenants made ahead, so that no learner waits for a principal and its ACLs. */
export interface TenantSpares {
  /** A tenant that no one had before; the taker removes it. */
  take(signal?: AbortSignal): Promise<Tenant>;
  /** Makes tenants until as many are ready as are wanted. */
  fill(): Promise<void>;
}

interface Spare {
  tenant: Tenant;
  /** Of the broker that it was made on. */
  incarnation: string;
}

/** @param onFault called when a spare could not be made; the next `take` tries again */
export function keepSpares(options: {
  stack: PendingStack<LeaseStack>;
  count: number;
  onFault: (error: unknown) => void;
}): TenantSpares {
  const { stack, count, onFault } = options;
  const spares: Spare[] = [];
  let filling: Promise<void> | null = null;

  async function refill(): Promise<void> {
    const { tenancy, broker } = await stack.ready();
    while (spares.length < count) spares.push({ incarnation: broker.incarnation, tenant: await tenancy.create() });
  }

  const fill = () => {
    filling ??= refill()
      .catch(onFault)
      .finally(() => {
        filling = null;
      });
    return filling;
  };

  return {
    fill,
    async take(signal) {
      const { tenancy, broker } = await stack.ready(signal);
      // A broker that was started again may have lost its data, and with it the principals.
      const usable = spares.splice(0).filter(({ incarnation }) => incarnation === broker.incarnation);
      const spare = usable.shift();
      spares.push(...usable);
      const tenant = spare?.tenant ?? (await tenancy.create());
      fill();
      return tenant;
    },
  };
}
