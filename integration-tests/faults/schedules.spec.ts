import { describeSchedules } from "./describe-schedules";

// It takes about two minutes; `npm run faults` plays as many as one likes.
describeSchedules("sandbox", 72, 25, {
  killed: 12,
  events: { "bank: decline": 12, "bank: capture": 12, "bank: refund": 6 },
});
