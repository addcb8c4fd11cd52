import { describeSchedules } from "./describe-schedules";

// It takes about two minutes.
describeSchedules("stripe", 48, 15, {
  killed: 4,
  events: { "bank: decline": 4, "bank: challenge": 3, "bank: capture": 8, "bank: refund": 4 },
});
