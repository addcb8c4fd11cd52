import { describeSchedules } from "./describe-schedules";

// With the other gateways' more than 200, in about five minutes; `npm run faults` plays as many as one likes.
describeSchedules("sandbox", 120, 25, {
  killed: 20,
  events: { "bank: decline": 20, "bank: capture": 20, "bank: refund": 10 },
});
