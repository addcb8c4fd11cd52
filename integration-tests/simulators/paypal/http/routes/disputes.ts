import { found } from "../../account";
import { disputeSummary, disputeView } from "../../objects/disputes";
import { route, type Route } from "../route";

export const DISPUTE_ROUTES = {
  "disputes.list": route("GET", "/v1/customer/disputes", ({ account, query }) => {
    const transaction = query.get("disputed_transaction_id");
    const state = query.get("dispute_state")?.split(",");
    const items = () =>
      [...account.disputes.values()]
        .filter(({ capture_id }) => transaction === null || capture_id === transaction)
        .map((dispute) => disputeSummary(account, dispute))
        .filter(({ dispute_state }) => state?.includes(dispute_state ?? "") ?? true);
    // An empty list has no `items`: the specification wants at least one in it.
    return { status: 200, view: () => (items().length > 0 ? { items: items() } : {}) };
  }),
  "disputes.get": route("GET", "/v1/customer/disputes/:id", ({ account, id }) => {
    const dispute = found(account.disputes, id);
    return { status: 200, view: () => disputeView(account, dispute) };
  }),
} satisfies Record<string, Route>;
