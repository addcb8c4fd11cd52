import { networkOf } from "../network";

describe("the network of an address", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    [" 203.0.113.7:4711", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::FFFF:cb00:7107", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001::1", "2001:db8:1:0::/64"],
    ["2001:db8::1%eth0", "2001:db8:0:0::/64"],
  ])("%s is %s", (address, network) => expect(networkOf(address)).toBe(network));

  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.1.1",
    "100.64.0.1",
    "::1",
    "::ffff:10.0.0.1",
    "fd12::1",
    "fe80::1%eth0",
    "",
    "unknown",
    "203.0.113.999",
    "203.0.113.7, 10.0.0.1",
    "<script>",
  ])("%s tells nothing of a shopper", (address) => expect(networkOf(address)).toBeNull());

  it("is one for all addresses of a subscriber, and another for the next", () => {
    expect(networkOf("2001:db8:0:1::a")).toBe(networkOf("2001:db8:0:1:ffff:ffff:ffff:ffff"));
    expect(networkOf("2001:db8:0:1::a")).not.toBe(networkOf("2001:db8:0:2::a"));
  });
});
