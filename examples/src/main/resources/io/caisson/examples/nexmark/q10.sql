-- Log: every bid with the day and the minute under which it is filed.
CREATE MATERIALIZED VIEW q10 AS
SELECT auction, bidder, price, date_time, extra,
  TO_CHAR(date_time, 'YYYY-MM-DD') AS dt, TO_CHAR(date_time, 'HH24:MI') AS hm
FROM bid;
