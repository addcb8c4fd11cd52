import type { Port } from "../../../src/providers/sandbox/bank/port";
import type { Clock } from "./clock";
import type { Deliveries, Delivery } from "./deliveries";
import type { Active, FaultRequest, Faults, PhaseTable } from "./faults";

export type HandDeps<T extends PhaseTable, Noted> = Readonly<{
  clock: Clock;
  faults: Faults<T>;
  webhooks: Deliveries;
  requests: readonly Noted[];
  port: Port;
}>;

/** What a test can do inside every simulator: its clock, its faults, what was asked of it and what it sent. */
export abstract class Hand<T extends PhaseTable, Operation extends string, Noted> {
  constructor(private readonly shared: HandDeps<T, Noted>) {}

  /** The id of an account that a test names. */
  protected abstract accountId(named: string): string;

  /** Unix ms by the simulator's clock. */
  now(): number {
    return this.shared.clock.now();
  }

  /** Moves the clock ahead; what comes due meanwhile happens in its order. */
  advance(by_ms: number): void {
    this.shared.clock.advance(by_ms);
  }

  /** Has something go wrong from now on. */
  async fault({ account, ...request }: FaultRequest<T, Operation>): Promise<void> {
    if (account !== undefined && request.fault === "refuse") {
      throw new Error(
        "Accounts share a port: refuse connections to all of them, or start another simulator.",
      );
    }
    const { faults, port } = this.shared;
    faults.add(account === undefined ? request : { ...request, account: this.accountId(account) });
    if (faults.refuses()) {
      await port.close();
    }
  }

  async clearFaults(): Promise<void> {
    this.shared.faults.clear();
    await this.shared.port.open();
  }

  /** The faults in force, with how often each still strikes. */
  faults(): readonly Active<T>[] {
    return this.shared.faults.list();
  }

  /** Every request that was carried out or spoiled by a fault, in their order. */
  requests(): readonly Noted[] {
    return this.shared.requests;
  }

  /** What came of sending events. */
  deliveries(): readonly Delivery[] {
    return this.shared.webhooks.deliveries;
  }

  /** How many events are being delivered or wait for another try. */
  deliveriesWaiting(): number {
    return this.shared.webhooks.waiting;
  }

  /** Resolves when every event has been delivered or given up. */
  deliveriesSettled(): Promise<void> {
    return this.shared.webhooks.settled();
  }
}

/** An event of any account, with the account it is of. @throws Error when there is none */
export function eventIn<
  Event extends Readonly<{ id: string }>,
  Owner extends Readonly<{ events: readonly Event[] }>,
>(accounts: readonly Owner[], event_id: string): { account: Owner; event: Owner["events"][number] } {
  for (const account of accounts) {
    const event = account.events.find(({ id }) => id === event_id);
    if (event) {
      return { account, event };
    }
  }
  throw new Error(`There is no event ${event_id}.`);
}
