import { CHAINS } from "../../chains";
import { CoreRpcSource } from "../core-rpc-source";
import { EsploraSource } from "../esplora-source";

const credentials = { username: "operator", password: "secret-of-the-node" };

describe("the address of a node or a service", () => {
  it.each(["", "127.0.0.1:8332", "ftp://127.0.0.1", "http://", "not an address with secret-of-the-node"])(
    "is refused when it is none, without repeating it: %s",
    (url) => {
      const make = [
        () => new CoreRpcSource(CHAINS.bitcoin, { url, ...credentials }),
        () => new EsploraSource(CHAINS.bitcoin, { url }),
      ];
      for (const one of make) {
        expect(one).toThrow(/must be an http or https address, such as http:\/\/127\.0\.0\.1:8332\.$/);
      }
    },
  );

  it("is refused with credentials in it, without repeating them", () => {
    const url = "http://operator:secret-of-the-node@127.0.0.1:8332";
    expect(() => new CoreRpcSource(CHAINS.bitcoin, { url, ...credentials })).toThrow(
      "The node's address must not hold username and password: they have options of their own.",
    );
  });
});
