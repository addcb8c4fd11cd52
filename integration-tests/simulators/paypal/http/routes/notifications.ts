import { found } from "../../account";
import { memberText } from "../member-text";
import { route, type Route } from "../route";

type Verification = Readonly<{
  auth_algo: string;
  cert_url: string;
  transmission_id: string;
  transmission_sig: string;
  transmission_time: string;
  webhook_id: string;
  webhook_event: unknown;
}>;

export const NOTIFICATION_ROUTES = {
  "webhooks.verify": route<Verification>(
    "POST",
    "/v1/notifications/verify-webhook-signature",
    ({ account, body, body_text }) => {
      const { transmission_id: id, transmission_time: time, transmission_sig: signature, cert_url } = body;
      // The event as it stands in the request: PayPal does not know one that was parsed and written anew.
      const event = memberText(body_text, "webhook_event");
      const genuine = account.attests({ id, time, signature, cert_url }, body.webhook_id, event);
      return { status: 200, view: () => ({ verification_status: genuine ? "SUCCESS" : "FAILURE" }) };
    },
  ),
  "webhook_events.get": route("GET", "/v1/notifications/webhooks-events/:id", ({ account, id }) => {
    const event = found(new Map(account.events.map((known) => [known.id, known])), id);
    return { status: 200, view: () => event };
  }),
} satisfies Record<string, Route>;
