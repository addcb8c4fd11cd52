/**
 * A bcoin node in memory, in a process of its own that ends with its parent. Its regtest has address prefixes of its
 * own, where Bitcoin Core's are what wallets and this plugin know.
 */
const { regtest } = require("bcoin/lib/protocol/networks");

Object.assign(regtest.addressPrefix, { pubkeyhash: 0x6f, scripthash: 0xc4, bech32: "bcrt" });
Object.assign(regtest.keyPrefix, {
  privkey: 0xef,
  xpubkey: 0x043587cf,
  xprivkey: 0x04358394,
  xpubkey58: "tpub",
  xprivkey58: "tprv",
});

const { FullNode } = require("bcoin");

const [http_port, p2p_port, api_key] = process.argv.slice(2);

const node = new FullNode({
  network: "regtest",
  memory: true,
  workers: false,
  indexTX: true,
  apiKey: api_key,
  httpHost: "127.0.0.1",
  httpPort: Number(http_port),
  host: "127.0.0.1",
  port: Number(p2p_port),
  listen: true,
  maxOutbound: 1,
  seeds: [],
});

async function start() {
  await node.ensure();
  await node.open();
  await node.connect();
}

process.once("disconnect", () => process.exit(0));
start().catch((error) => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
