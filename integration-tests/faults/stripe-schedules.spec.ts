import { describeSchedules } from "./describe-schedules";

// It takes about two minutes.
describeSchedules("stripe", 60, 15, {
  killed: 6,
  events: { "bank: decline": 5, "bank: challenge": 5, "bank: capture": 10, "bank: refund": 5 },
});
