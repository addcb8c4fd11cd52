/** One server among several: gives out addresses all at once when it is told to, and says which it got. */
import { connect, storesOver } from "./wallet-database";
import { newInvoice, testAddress } from "./wallet-samples";

type Job = Readonly<{ url: string; name: string; invoices: number }>;

async function work({ url, name, invoices }: Job): Promise<readonly number[]> {
  const knex = connect(url);
  const store = storesOver(knex).invoices;
  const keys = Array.from({ length: invoices }, (_, at) => `${name}-${at}`);
  const opened = await Promise.all(keys.map((key) => store.open(newInvoice(key), testAddress)));
  await knex.destroy();
  return opened.map(({ address_index }) => address_index);
}

process.once("message", (job: Job) => {
  void work(job).then((indexes) => process.send?.(indexes, () => process.disconnect()));
});
process.send?.("ready");
