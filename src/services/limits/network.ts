import { BlockList, isIP, isIPv4 } from "node:net";

/** Special-purpose blocks that no shopper on the internet has (RFC 6890, RFC 6598, RFC 4193). */
const NOT_PUBLIC = blockList([
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 10],
  ["0.0.0.0", 8],
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10],
]);

const GROUPS = 8;
/** The /64 a subscriber is given; the rest of an IPv6 address its owner makes up as they like (RFC 6177, RFC 8981). */
const NETWORK_GROUPS = 4;

/**
 * The network a shopper's address stands for: the IPv4 address, or the /64 of an IPv6 address. Null for what is no
 * address, and for addresses of private networks: those are proxies of the store's own, behind which all shoppers
 * look alike.
 */
export function networkOf(address: string): string | null {
  const bare = withoutPort(address.trim()).replace(/%.*$/, "");
  if (isIP(bare) === 0) {
    return null;
  }
  const ip = isIPv4(bare) ? bare : (mappedIPv4(bare) ?? bare);
  if (NOT_PUBLIC.check(ip, isIPv4(ip) ? "ipv4" : "ipv6")) {
    return null;
  }
  return isIPv4(ip) ? ip : `${groupsOf(ip).slice(0, NETWORK_GROUPS).join(":")}::/64`;
}

/** Some proxies write `203.0.113.7:1234` or `[2001:db8::1]:1234`. */
function withoutPort(address: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
}

/** The eight groups of an IPv6 address in hexadecimal, shortened as RFC 5952 has them. */
function groupsOf(address: string): string[] {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const before = head.split(":").filter(Boolean);
  const after = (tail ?? "").split(":").filter(Boolean);
  const gap = tail === undefined ? 0 : GROUPS - before.length - after.length;
  return [...before, ...Array<string>(gap).fill("0"), ...after];
}

/** `::ffff:203.0.113.7` is how a dual-stack socket tells of an IPv4 peer (RFC 4291, 2.5.5.2). */
function mappedIPv4(address: string): string | undefined {
  const groups = groupsOf(address);
  if (groups.slice(0, 5).some((group) => group !== "0") || groups[5] !== "ffff") {
    return undefined;
  }
  return groups
    .slice(6)
    .map((group) => parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff])
    .join(".");
}

function blockList(subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) {
    list.addSubnet(network, prefix, isIPv4(network) ? "ipv4" : "ipv6");
  }
  return list;
}
