// The status that users see: work that is pending is scheduled until its due time, then it waits. By the database's clock.
export const shownStatus = `case when e.status <> 'pending' then e.status
  when e.due_at <= (extract(epoch from clock_timestamp()) * 1000)::int8 then 'waiting' else 'scheduled' end`;
