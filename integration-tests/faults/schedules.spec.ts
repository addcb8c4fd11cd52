import { describeSchedules } from "./describe-schedules";

// It takes about eight minutes.
describeSchedules("sandbox", 204, 25, {
  killed: 20,
  events: { "bank: decline": 20, "bank: capture": 20, "bank: refund": 10 },
});
