/**
 * Tender's routes beside Medusa's own for the same gateway, in one run on one server, taken in turns so that
 * whatever else the machine does hits both alike.
 */
import { call, fillCart, median, percentile, readCatalog, row, STORE, timed } from "./shop";

const ROUNDS = 40;
const WARM_UP = 8;

async function payThroughTender(cart_id: string): Promise<void> {
  const { payment_attempt } = await call("POST", `/store/carts/${cart_id}/payment-attempts`, {
    option_id: "pp_sandbox_a:card",
  });
  const paid = await call("POST", `/store/carts/${cart_id}/payment-attempts/${payment_attempt.id}/confirm`, {
    data: { token: "tok_visa" },
  });
  if (paid.type !== "order") throw new Error("Tender placed no order.");
}

async function payThroughMedusa(cart_id: string): Promise<void> {
  const { payment_collection } = await call("POST", "/store/payment-collections", { cart_id });
  await call("POST", `/store/payment-collections/${payment_collection.id}/payment-sessions`, {
    provider_id: "pp_sandbox_a",
    data: { token: "tok_visa" },
  });
  const paid = await call("POST", `/store/carts/${cart_id}/complete`, {});
  if (paid.type !== "order") throw new Error("Medusa placed no order.");
}

/** A provider that hangs, with its circuit open, must cost next to nothing. */
async function startWithOpenCircuit(healthy: () => Promise<number>): Promise<[number[], number[]]> {
  const before: number[] = [];
  const after: number[] = [];
  // Warmed up like the second half, which comes after the faults.
  for (let round = 0; round < WARM_UP * 2; round += 1) await healthy();
  for (let round = 0; round < ROUNDS; round += 1) before.push(await healthy());
  await fetch(`${STORE.bank_url}/control/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ provider: "pp_sandbox_a", operation: "create", fault: "black_hole" }),
  });
  for (let faults = 0; faults < 6; faults += 1) await healthy();
  for (let round = 0; round < WARM_UP * 2; round += 1) await healthy();
  for (let round = 0; round < ROUNDS; round += 1) after.push(await healthy());
  await fetch(`${STORE.bank_url}/control/faults`, { method: "DELETE" });
  return [before, after];
}

async function main(): Promise<void> {
  const catalog = await readCatalog();
  const samples: Record<"tender" | "medusa" | "options" | "providers", number[]> = {
    tender: [],
    medusa: [],
    options: [],
    providers: [],
  };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const ours = await fillCart(catalog);
    const theirs = await fillCart(catalog);
    const taken = {
      options: await timed(() => call("GET", `/store/carts/${ours}/payment-options`)),
      providers: await timed(() => call("GET", `/store/payment-providers?region_id=${catalog.region_id}`)),
      tender: await timed(() => payThroughTender(ours)),
      medusa: await timed(() => payThroughMedusa(theirs)),
    };
    if (round >= 0) {
      for (const name of Object.keys(samples) as (keyof typeof samples)[]) samples[name].push(taken[name]);
    }
  }
  const [tender, medusa, options, providers] = (["tender", "medusa", "options", "providers"] as const).map(
    (name) => median(samples[name]),
  );
  console.log(`\nPaying one cart, median of ${ROUNDS} (same store, same sandbox gateway)`);
  console.log(row("Medusa: collection + session + complete", medusa!, "ms"));
  console.log(row("Tender: attempt + confirm", tender!, "ms", tender! / medusa!, "<= 1.0x"));
  console.log(row("Medusa, 95th percentile", percentile(samples.medusa, 0.95), "ms"));
  console.log(row("Tender, 95th percentile", percentile(samples.tender, 0.95), "ms"));
  console.log(`\nListing the ways to pay, median of ${ROUNDS}`);
  console.log(row("Medusa: /store/payment-providers", providers!, "ms"));
  console.log(
    row("Tender: /store/carts/:id/payment-options", options!, "ms", options! / providers!, "<= 1.5x"),
  );

  const cart = await fillCart(catalog);
  let used = 0;
  let current = cart;
  const [healthy, open] = await startWithOpenCircuit(async () => {
    if (used++ % 4 === 0) current = await fillCart(catalog);
    return timed(() =>
      call("POST", `/store/carts/${current}/payment-attempts`, { option_id: "pp_sandbox_a:card" }),
    );
  });
  console.log(`\nStarting an attempt, median of ${ROUNDS}`);
  console.log(row("First provider healthy", median(healthy), "ms"));
  console.log(
    row(
      "First provider hanging, circuit open",
      median(open),
      "ms",
      median(open) / median(healthy),
      "<= 1.1x",
    ),
  );
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
