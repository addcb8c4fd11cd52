import { describeSchedules } from "./describe-schedules";

// It takes about three minutes.
describeSchedules("paypal", 36, 15, {
  killed: 4,
  events: { "bank: decline": 4, "bank: challenge": 2, "bank: capture": 8, "bank: refund": 4 },
});
