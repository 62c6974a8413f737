// The journey every vendor starts with. Templates use what the e-mail module offers; a vendor replaces it by putting its own.
import type { JourneyBody } from "../contract/shapes.js";

const step = (key: string, day: number, time: string, subject: string, text: string): JourneyBody["steps"][number] => ({
  key,
  moduleType: "email",
  at: { day, time },
  config: { subject, text },
});

export const defaultJourney: JourneyBody = {
  steps: [
    step(
      "half-year-before",
      -180,
      "09:00",
      "Your wedding with {{ vendor.name }}",
      "Dear {{ couple.names }},\n\nhalf a year to go until {{ wedding.dateLong }}. We are looking forward to it.\n\n{{ vendor.name }}",
    ),
    step(
      "quarter-before",
      -90,
      "09:00",
      "Three months to go",
      "Dear {{ couple.names }},\n\nplease tell us about your plans for {{ wedding.dateLong }}: just answer this mail.\n\n{{ vendor.name }}",
    ),
    step(
      "month-before",
      -30,
      "09:00",
      "One month to go",
      "Dear {{ couple.names }},\n\nin a month it is {{ wedding.weekday }}, {{ wedding.dateLong }}. Has anything changed?\n\n{{ vendor.name }}",
    ),
    step(
      "week-before",
      -7,
      "09:00",
      "One week to go",
      "Dear {{ couple.names }},\n\nthis is the plan for next {{ wedding.weekday }}. Call us if anything is open.\n\n{{ vendor.name }}",
    ),
    step(
      "day-before",
      -1,
      "10:00",
      "See you tomorrow",
      "Dear {{ couple.names }},\n\neverything is ready. See you tomorrow!\n\n{{ vendor.name }}",
    ),
    step(
      "after",
      3,
      "17:00",
      "Thank you",
      "Dear {{ couple.names }},\n\nthank you for letting us be part of your day.\n\n{{ vendor.name }}",
    ),
  ],
};
