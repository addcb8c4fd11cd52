import { ADMIN_ROUTES } from "../../src/api/admin-routes";
import { Operator } from "../support/operator";
import { withRunningStore } from "../support/suite";

withRunningStore(
  (running) => {
    it("keeps an operator whose role permits nothing out of every admin route", async () => {
      const operator = await Operator.logIn(running.base_url());
      const let_through: string[] = [];
      for (const { matcher, methods = [] } of ADMIN_ROUTES) {
        const address = String(matcher).replace(/:\w+/g, "x");
        for (const method of methods) {
          const { status } = await operator.send(method, address, method === "GET" ? undefined : {});
          if (status !== 403) let_through.push(`${method} ${address}: ${status}`);
        }
      }
      expect(let_through).toEqual([]);
    });
  },
  { MEDUSA_FF_RBAC: "true" },
);
