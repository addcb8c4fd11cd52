import { describeSchedules } from "./describe-schedules";

// It takes about three minutes.
describeSchedules("paypal", 48, 15, {
  killed: 6,
  events: { "bank: decline": 5, "bank: challenge": 3, "bank: capture": 10, "bank: refund": 5 },
});
