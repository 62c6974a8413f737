// Data only: the vendors, names and texts of the sample season. All of it is made up.

export const sampleVendors = [
  {
    vendorId: "hartley-photo",
    name: "Hartley Photography",
    type: "photographer",
    market: "GB",
    timeZone: "Europe/London",
  },
  { vendorId: "quinta-das-rosas", name: "Quinta das Rosas", type: "venue", market: "PT", timeZone: "Europe/Lisbon" },
  { vendorId: "hudson-blooms", name: "Hudson Blooms", type: "florist", market: "US", timeZone: "America/New_York" },
  { vendorId: "saffron-table", name: "Saffron Table", type: "caterer", market: "IN", timeZone: "Asia/Kolkata" },
  { vendorId: "harbour-strings", name: "Harbour Strings", type: "other", market: "AU", timeZone: "Australia/Sydney" },
] as const;

export const givenNames = [
  "Ada",
  "Bela",
  "Chiara",
  "Deniz",
  "Elif",
  "Farah",
  "Goran",
  "Hana",
  "Ines",
  "Jonas",
  "Kavya",
  "Lena",
  "Marek",
  "Nadia",
  "Omar",
  "Priya",
  "Quentin",
  "Rosa",
  "Samir",
  "Tomas",
  "Una",
  "Viktor",
  "Wanda",
  "Yusuf",
  "Zoe",
] as const;

/** A letter's frame, in the templates of the e-mail module (Liquid). */
const letter = (text: string): string => `Dear {{ couple.names }},\n\n${text}\n\nYours\n{{ vendor.name }}`;

/** One journey for every sample vendor: e-mails before and after the day, at local time of the wedding. */
export const sampleSteps = [
  {
    key: "half-a-year",
    at: { day: -180, time: "09:00" },
    subject: "Half a year to go",
    text: letter(
      "Six months are left until {{ wedding.dateLong }}. Is the date still right, and have your plans changed?",
    ),
  },
  {
    key: "three-months",
    at: { day: -90, time: "09:00" },
    subject: "Three months to go",
    text: letter("It is time to settle the details. Tell us what you would like, and we will plan it with you."),
  },
  {
    key: "one-month",
    at: { day: -30, time: "09:00" },
    subject: "One month to go",
    text: letter("Please send us the final number of guests and the order of the day."),
  },
  {
    key: "one-week",
    at: { day: -7, time: "09:00" },
    subject: "See you on {{ wedding.weekday }}",
    text: letter("Everything is prepared. If anything has changed, now is the last moment to say so."),
  },
  {
    key: "the-day-before",
    at: { day: -1, time: "16:00" },
    subject: "Tomorrow!",
    text: letter("We look forward to tomorrow. If you cannot reach us, answer this mail."),
  },
  {
    key: "thank-you",
    at: { day: 3, time: "10:00" },
    subject: "Thank you",
    text: letter("It was a pleasure to be part of your day. We would love to hear how it was for you."),
  },
] as const;

export const welcome = {
  subject: "Your booking for {{ wedding.dateLong }} is confirmed",
  text: letter("Thank you for booking with us. From now on we write to you whenever something is due."),
} as const;
