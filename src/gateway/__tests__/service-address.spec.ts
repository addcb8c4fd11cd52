import { isSafeServiceAddress } from "..";

describe("the address of a payment service", () => {
  it.each([
    "https://pay.example",
    "https://10.0.0.1:9443/base",
    "http://localhost:9100",
    "http://LOCALHOST",
    "http://127.0.0.1",
    "http://127.255.0.7:9100",
    "http://[::1]:9100/base",
  ])("may be %s", (address) => {
    expect(isSafeServiceAddress(address)).toBe(true);
  });

  it.each([
    "http://pay.example",
    "http://10.0.0.1:9100",
    "http://[::2]",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "http://localhost@evil.example",
    "ftp://127.0.0.1",
    "file:///etc/hosts",
    "127.0.0.1:9100",
    "pay.example",
    "",
  ])("may not be '%s'", (address) => {
    expect(isSafeServiceAddress(address)).toBe(false);
  });
});
