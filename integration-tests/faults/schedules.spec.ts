import { describeSchedules } from "./describe-schedules";

// It takes about two minutes; `npm run faults` plays as many as one likes.
describeSchedules("sandbox", 60, 25, {
  killed: 10,
  events: { "bank: decline": 10, "bank: capture": 10, "bank: refund": 5 },
});
