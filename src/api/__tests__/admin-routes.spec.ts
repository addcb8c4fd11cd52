import { ADMIN_ROUTES } from "../admin-routes";
import { MAY_SEE_CUSTOMERS, MAY_SEE_PAYMENTS, MAY_SEE_SETTINGS } from "../admin-policies";

it("asks for every permission that guards what the log of changes tells", () => {
  const changes = ADMIN_ROUTES.find(({ matcher }) => matcher === "/admin/tender/changes");
  expect(changes?.policies).toEqual([MAY_SEE_PAYMENTS, MAY_SEE_SETTINGS, MAY_SEE_CUSTOMERS]);
});
